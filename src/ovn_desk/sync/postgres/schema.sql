-- The hub's tables, rules and triggers. ${staff} is the role every member of staff is in, ${database} this database.
-- A record is kept as its text in `said`. Revisions are long: theirs is compressed in `packed`, and `said` is the same
-- record without its content. The hub can neither look inside nor check a signature, so it believes neither: there may
-- be several rows of one id, and desks tell which of them is the record (docs/decisions/0018).

CREATE SCHEMA ovn;
REVOKE ALL ON SCHEMA ovn FROM PUBLIC;
REVOKE ALL ON DATABASE ${database} FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE TABLE ovn.house (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    format integer NOT NULL,
    id text NOT NULL,
    newsroom text NOT NULL
);

CREATE TABLE ovn.staff (
    login text PRIMARY KEY,
    person text NOT NULL,
    name text NOT NULL
);

-- What one record may be, and what a login of the staff may send in a day.
CREATE TABLE ovn.limits (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    record_bytes bigint NOT NULL DEFAULT 8388608,
    records_a_day bigint NOT NULL DEFAULT 5000,
    record_bytes_a_day bigint NOT NULL DEFAULT 104857600,
    files_a_day bigint NOT NULL DEFAULT 500,
    file_bytes_a_day bigint NOT NULL DEFAULT 524288000
);
INSERT INTO ovn.limits DEFAULT VALUES;

CREATE TABLE ovn.used (
    login text NOT NULL,
    day date NOT NULL,
    what text NOT NULL CHECK (what IN ('records', 'files')),
    number bigint NOT NULL,
    bytes bigint NOT NULL,
    PRIMARY KEY (login, day, what)
);

-- Whoever holds this row gives places; nobody else waits for it, as nobody else may lock it.
CREATE TABLE ovn.turn (one boolean PRIMARY KEY DEFAULT true CHECK (one));
INSERT INTO ovn.turn DEFAULT VALUES;

CREATE SEQUENCE ovn.places;

CREATE TABLE ovn.rows (
    seq bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind ~ '^(revision|event|roster|house)/[0-9]{1,4}$'),
    id text NOT NULL CHECK (id ~ '^[0-9a-f]{64}$'),
    form bytea NOT NULL,
    article text NOT NULL CHECK (article ~ '^[0-9A-Za-z/_-]{0,64}$'),
    said text NOT NULL,
    packed bytea,
    signature text NOT NULL CHECK (signature ~ '^[0-9A-Za-z+/=]{0,200}$'),
    carrier text NOT NULL,
    came_at timestamptz NOT NULL,
    UNIQUE (id, form),
    CHECK (octet_length(said) <= CASE WHEN packed IS NULL THEN 8388608 ELSE 65536 END),
    CHECK (octet_length(packed) <= 8388608)
);
CREATE INDEX rows_by_article ON ovn.rows (article);
ALTER TABLE ovn.rows ALTER COLUMN packed SET STORAGE EXTERNAL;

CREATE TABLE ovn.blobs (
    seq bigint PRIMARY KEY,
    sha256 text NOT NULL UNIQUE,
    media text NOT NULL CHECK (media ~ '^[a-z]{1,20}/[0-9a-z.+-]{1,100}$'),
    data bytea NOT NULL,
    carrier text NOT NULL,
    CHECK (octet_length(data) <= 52428800 AND sha256 = encode(sha256(data), 'hex'))
);
ALTER TABLE ovn.blobs ALTER COLUMN data SET STORAGE EXTERNAL;

-- How many records each article has and the XOR of their ids, each counted once: what a desk compares its own with.
CREATE TABLE ovn.totals (
    article text PRIMARY KEY,
    number bigint NOT NULL,
    mixed bit(256) NOT NULL
);

CREATE FUNCTION ovn.is_staff() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM ovn.staff WHERE login = session_user) $$;

-- The next place, charged to the login. One after the other until each has committed: a place is never given behind
-- one that a reader has passed. Who is not on the staff is whoever runs the hub, and may set the limits anyway.
CREATE FUNCTION ovn.next_place(thing text, size bigint) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    most_number bigint;
    most_bytes bigint;
    sent_number bigint;
    sent_bytes bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'records are added in transactions that read what is committed' USING ERRCODE = 'OV002';
    END IF;
    PERFORM FROM ovn.turn FOR UPDATE;
    IF ovn.is_staff() THEN
        SELECT CASE thing WHEN 'files' THEN files_a_day ELSE records_a_day END,
               CASE thing WHEN 'files' THEN file_bytes_a_day ELSE record_bytes_a_day END
        INTO most_number, most_bytes FROM ovn.limits;
        INSERT INTO ovn.used AS known (login, day, what, number, bytes)
        VALUES (session_user, (clock_timestamp() AT TIME ZONE 'UTC')::date, thing, 1, size)
        ON CONFLICT (login, day, what) DO UPDATE SET number = known.number + 1, bytes = known.bytes + EXCLUDED.bytes
        RETURNING number, bytes INTO sent_number, sent_bytes;
        IF sent_number > most_number OR sent_bytes > most_bytes THEN
            RAISE EXCEPTION 'a login may send % % and % MB of them a day', most_number, thing, most_bytes / 1048576
            USING ERRCODE = 'OV003';
        END IF;
    END IF;
    RETURN nextval('ovn.places');
END
$$;

CREATE FUNCTION ovn.take_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    record json;
    most bigint;
    head bytea;
BEGIN
    IF TG_RELID <> 'ovn.rows'::regclass OR TG_OP <> 'INSERT' OR TG_WHEN <> 'BEFORE' OR TG_LEVEL <> 'ROW' THEN
        RAISE EXCEPTION 'this is for the hub''s own tables' USING ERRCODE = 'OV002';
    END IF;
    SELECT record_bytes INTO most FROM ovn.limits;
    IF octet_length(NEW.said) + coalesce(octet_length(NEW.packed), 0) > most THEN
        RAISE EXCEPTION 'it is larger than this hub takes (% kB)', most / 1024 USING ERRCODE = 'OV001';
    END IF;
    IF NEW.packed IS NOT NULL AND NEW.kind !~ '^revision/' THEN
        RAISE EXCEPTION 'only versions are kept compressed' USING ERRCODE = 'OV001';
    END IF;
    IF NEW.packed IS NULL AND NEW.id <> encode(sha256(convert_to('ovn-desk/' || NEW.kind || E'\n' || NEW.said, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'its text does not match its hash' USING ERRCODE = 'OV001';
    END IF;
    record := NEW.said::json;
    IF NEW.article <> coalesce(record->>'article', '') THEN
        RAISE EXCEPTION 'it is filed under another article than it says' USING ERRCODE = 'OV001';
    END IF;
    head := convert_to(concat_ws(E'\n', NEW.kind, NEW.article, NEW.signature, octet_length(NEW.said), NEW.said), 'UTF8');
    NEW.form := sha256(head || coalesce(NEW.packed, ''));
    NEW.carrier := session_user;
    NEW.came_at := clock_timestamp();
    NEW.seq := ovn.next_place('records', octet_length(NEW.said) + coalesce(octet_length(NEW.packed), 0));
    RETURN NEW;
END
$$;

CREATE FUNCTION ovn.take_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_RELID <> 'ovn.blobs'::regclass OR TG_OP <> 'INSERT' OR TG_WHEN <> 'BEFORE' OR TG_LEVEL <> 'ROW' THEN
        RAISE EXCEPTION 'this is for the hub''s own tables' USING ERRCODE = 'OV002';
    END IF;
    NEW.carrier := session_user;
    NEW.seq := ovn.next_place('files', octet_length(NEW.data));
    RETURN NEW;
END
$$;

CREATE FUNCTION ovn.add_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_RELID <> 'ovn.rows'::regclass OR TG_OP <> 'INSERT' OR TG_WHEN <> 'AFTER' OR TG_LEVEL <> 'STATEMENT' THEN
        RAISE EXCEPTION 'this is for the hub''s own tables' USING ERRCODE = 'OV002';
    END IF;
    INSERT INTO ovn.totals AS known (article, number, mixed)
    SELECT article, count(*), bit_xor(('x' || id)::bit(256))
    FROM (SELECT article, id, min(seq) AS place FROM came GROUP BY article, id) AS fresh
    WHERE NOT EXISTS (
        SELECT FROM ovn.rows AS older
        WHERE older.id = fresh.id AND older.article = fresh.article AND older.seq < fresh.place
    )
    GROUP BY article
    ON CONFLICT (article) DO UPDATE SET number = known.number + EXCLUDED.number, mixed = known.mixed # EXCLUDED.mixed;
    RETURN NULL;
END
$$;

CREATE FUNCTION ovn.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$ BEGIN RAISE EXCEPTION 'records are never changed' USING ERRCODE = 'OV002'; END $$;

CREATE TRIGGER take BEFORE INSERT ON ovn.rows FOR EACH ROW EXECUTE FUNCTION ovn.take_row();
CREATE TRIGGER add_up AFTER INSERT ON ovn.rows REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION ovn.add_up();
CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON ovn.rows FOR EACH STATEMENT EXECUTE FUNCTION ovn.never();
CREATE TRIGGER take BEFORE INSERT ON ovn.blobs FOR EACH ROW EXECUTE FUNCTION ovn.take_file();
CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON ovn.blobs FOR EACH STATEMENT EXECUTE FUNCTION ovn.never();

ALTER TABLE ovn.rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE ovn.blobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ovn.rows FOR SELECT TO ${staff} USING ((SELECT ovn.is_staff()));
CREATE POLICY read ON ovn.blobs FOR SELECT TO ${staff} USING ((SELECT ovn.is_staff()));
CREATE POLICY carry ON ovn.rows FOR INSERT TO ${staff} WITH CHECK (carrier = session_user AND (SELECT ovn.is_staff()));
CREATE POLICY carry ON ovn.blobs FOR INSERT TO ${staff} WITH CHECK (carrier = session_user AND (SELECT ovn.is_staff()));

-- Every right that anybody but the owner has. tests/sync/test_hub_rights.py holds the same list.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ovn FROM PUBLIC;
GRANT CONNECT ON DATABASE ${database} TO ${staff};
GRANT USAGE ON SCHEMA ovn TO ${staff};
GRANT EXECUTE ON FUNCTION ovn.is_staff() TO ${staff};
GRANT SELECT ON ovn.house, ovn.limits, ovn.totals, ovn.rows, ovn.blobs TO ${staff};
GRANT INSERT (kind, id, article, said, packed, signature) ON ovn.rows TO ${staff};
GRANT INSERT (sha256, media, data) ON ovn.blobs TO ${staff};

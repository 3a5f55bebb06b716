-- The hub's tables, rules and triggers. ${staff} is the role every member of staff is in.
-- A record is kept as its text in `said`. Revisions are long: theirs is compressed in `packed`, and `said` is the same
-- record without its content. The hub can not look inside; a desk refuses a row whose inside says something else.

CREATE SCHEMA ovn;
REVOKE ALL ON SCHEMA ovn FROM PUBLIC;

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

CREATE SEQUENCE ovn.places;

CREATE TABLE ovn.rows (
    seq bigint PRIMARY KEY,
    kind text NOT NULL,
    id text NOT NULL UNIQUE CHECK (id ~ '^[0-9a-f]{64}$'),
    article text NOT NULL,
    said text NOT NULL,
    packed bytea,
    signature text NOT NULL CHECK (octet_length(signature) <= 200),
    is_root boolean NOT NULL,
    author text NOT NULL,
    carrier text NOT NULL,
    came_at timestamptz NOT NULL,
    CHECK (octet_length(said) <= 8388608 AND coalesce(octet_length(packed), 0) <= 8388608)
);
CREATE INDEX rows_by_article ON ovn.rows (article);
CREATE UNIQUE INDEX one_beginning ON ovn.rows (article) WHERE is_root;
ALTER TABLE ovn.rows ALTER COLUMN packed SET STORAGE EXTERNAL;

CREATE TABLE ovn.blobs (
    seq bigint PRIMARY KEY,
    sha256 text NOT NULL UNIQUE,
    media text NOT NULL,
    data bytea NOT NULL,
    carrier text NOT NULL,
    CHECK (octet_length(data) <= 52428800 AND sha256 = encode(sha256(data), 'hex'))
);
ALTER TABLE ovn.blobs ALTER COLUMN data SET STORAGE EXTERNAL;

-- How many records each article has and the XOR of their ids: what a desk compares its own with.
CREATE TABLE ovn.totals (
    article text PRIMARY KEY,
    number bigint NOT NULL,
    mixed bit(256) NOT NULL
);

CREATE FUNCTION ovn.is_staff() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
$$ SELECT EXISTS (SELECT FROM ovn.staff WHERE login = session_user) $$;

-- One after the other until each has committed: a place is never given behind one that a reader has passed.
CREATE FUNCTION ovn.place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ovn.places'));
    NEW.seq := nextval('ovn.places');
    NEW.carrier := session_user;
    RETURN NEW;
END
$$;

CREATE FUNCTION ovn.check_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
DECLARE
    record json := NEW.said::json;
    reporter text;
BEGIN
    NEW.came_at := now();
    NEW.author := coalesce(record->>'by', '');
    NEW.is_root := starts_with(NEW.kind, 'revision/') AND coalesce(record->>'parents', '') = '[]';
    IF NEW.packed IS NULL AND NEW.id <> encode(sha256(convert_to('ovn-desk/' || NEW.kind || E'\n' || NEW.said, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'its text does not match its hash' USING ERRCODE = 'OV001';
    END IF;
    IF NEW.article <> coalesce(record->>'article', '') THEN
        RAISE EXCEPTION 'it is filed under another article than it says' USING ERRCODE = 'OV001';
    END IF;
    IF NEW.is_root AND EXISTS (SELECT FROM ovn.rows WHERE article = NEW.article AND is_root AND id <> NEW.id) THEN
        RAISE EXCEPTION 'its article has another beginning' USING ERRCODE = 'OV001';
    END IF;
    IF starts_with(NEW.kind, 'event/') AND record->>'step' = 'approve' THEN
        IF NEW.packed IS NOT NULL THEN
            RAISE EXCEPTION 'an approval has to be readable here' USING ERRCODE = 'OV001';
        END IF;
        SELECT author INTO reporter FROM ovn.rows WHERE article = NEW.article AND is_root;
        IF reporter IS NULL THEN
            RAISE EXCEPTION 'the article it approves is not here' USING ERRCODE = 'OV001';
        END IF;
        IF reporter = record->>'by' THEN
            RAISE EXCEPTION 'its approver reported the article' USING ERRCODE = 'OV001';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ovn.add_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
$$
BEGIN
    INSERT INTO ovn.totals AS known (article, number, mixed)
    SELECT article, count(*), bit_xor(('x' || id)::bit(256)) FROM came GROUP BY article
    ON CONFLICT (article) DO UPDATE SET number = known.number + EXCLUDED.number, mixed = known.mixed # EXCLUDED.mixed;
    RETURN NULL;
END
$$;

CREATE FUNCTION ovn.never() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'records are never changed' USING ERRCODE = 'OV002'; END $$;

CREATE TRIGGER a_place BEFORE INSERT ON ovn.rows FOR EACH ROW EXECUTE FUNCTION ovn.place();
CREATE TRIGGER b_check BEFORE INSERT ON ovn.rows FOR EACH ROW EXECUTE FUNCTION ovn.check_row();
CREATE TRIGGER add_up AFTER INSERT ON ovn.rows REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION ovn.add_up();
CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON ovn.rows FOR EACH STATEMENT EXECUTE FUNCTION ovn.never();
CREATE TRIGGER place BEFORE INSERT ON ovn.blobs FOR EACH ROW EXECUTE FUNCTION ovn.place();
CREATE TRIGGER never BEFORE UPDATE OR DELETE OR TRUNCATE ON ovn.blobs FOR EACH STATEMENT EXECUTE FUNCTION ovn.never();

ALTER TABLE ovn.rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE ovn.blobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ovn.rows FOR SELECT TO ${staff} USING ((SELECT ovn.is_staff()));
CREATE POLICY read ON ovn.blobs FOR SELECT TO ${staff} USING ((SELECT ovn.is_staff()));
CREATE POLICY carry ON ovn.rows FOR INSERT TO ${staff} WITH CHECK (carrier = session_user AND (SELECT ovn.is_staff()));
CREATE POLICY carry ON ovn.blobs FOR INSERT TO ${staff} WITH CHECK (carrier = session_user AND (SELECT ovn.is_staff()));

GRANT USAGE ON SCHEMA ovn TO ${staff};
GRANT SELECT ON ovn.house, ovn.totals, ovn.rows, ovn.blobs TO ${staff};
GRANT INSERT (kind, id, article, said, packed, signature) ON ovn.rows TO ${staff};
GRANT INSERT (sha256, media, data) ON ovn.blobs TO ${staff};

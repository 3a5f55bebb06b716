-- What was in a hub of format 2, now in the schema ovn_before, goes into today's tables under its old places.
-- What no desk would take (kinds that are none, articles and signatures that can not be) stays behind.

INSERT INTO ovn.house (format, id, newsroom) SELECT ${format}, id, newsroom FROM ovn_before.house;
INSERT INTO ovn.staff (login, person, name) SELECT login, person, name FROM ovn_before.staff;

ALTER TABLE ovn.rows DISABLE TRIGGER USER;
ALTER TABLE ovn.blobs DISABLE TRIGGER USER;

INSERT INTO ovn.rows (seq, kind, id, form, article, said, packed, signature, carrier, came_at)
SELECT seq, kind, id,
       sha256(convert_to(concat_ws(E'\n', kind, article, signature, octet_length(said), said), 'UTF8') || coalesce(packed, '')),
       article, said, packed, signature, carrier, came_at
FROM ovn_before.rows
WHERE kind ~ '^(revision|event|roster|house)/[0-9]{1,4}$' AND article ~ '^[0-9A-Za-z/_-]{0,64}$'
  AND signature ~ '^[0-9A-Za-z+/=]{0,200}$' AND (packed IS NULL OR kind ~ '^revision/' AND octet_length(said) <= 65536)
ORDER BY seq;

INSERT INTO ovn.blobs (seq, sha256, media, data, carrier)
SELECT seq, sha256, media, data, carrier FROM ovn_before.blobs
WHERE media ~ '^[a-z]{1,20}/[0-9a-z.+-]{1,100}$' ORDER BY seq;

INSERT INTO ovn.totals (article, number, mixed)
SELECT article, count(*), bit_xor(('x' || id)::bit(256)) FROM ovn.rows GROUP BY article;

ALTER TABLE ovn.rows ENABLE TRIGGER USER;
ALTER TABLE ovn.blobs ENABLE TRIGGER USER;
SELECT setval('ovn.places', last_value, is_called) FROM ovn_before.places;
DROP SCHEMA ovn_before CASCADE;

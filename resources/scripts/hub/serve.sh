#!/bin/bash
# Makes a PostgreSQL on this Debian (or Ubuntu) server ready to be the hub of a newsroom: encrypted, with a password for
# each person, backed up every day. Run it as root, as often as you like: what is right already is left as it is.
#
#   bash serve.sh --server hub.example.org             asks before each change
#   bash serve.sh --server hub.example.org --dry-run   only shows what it would change
set -euo pipefail
export LC_ALL=C.UTF-8

server="" database="newsroom" port="" cluster="" days=14 dry="" yes=""
usage() {
  echo "bash serve.sh --server NAME [--database newsroom] [--cluster 15/main] [--keep-days 14] [--dry-run] [--yes]"
}
while [ $# -gt 0 ]; do
  case "$1" in
    --server) server=$2; shift ;;
    --database) database=$2; shift ;;
    --cluster) cluster=$2; shift ;;
    --keep-days) days=$2; shift ;;
    --dry-run) dry=1 ;;
    --yes) yes=1 ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
owner="ovn_owner_$database"

say() { printf '\n== %s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# A change is shown, asked for, and then made. With --dry-run it is only shown.
agreed() {
  if [ -n "$dry" ]; then echo "   (not done: --dry-run)"; return 1; fi
  if [ -n "$yes" ]; then return 0; fi
  local answer
  read -r -p "   Do it? [y/N] " answer </dev/tty
  case "$answer" in [yY]*) return 0 ;; *) echo "   Left as it is."; return 1 ;; esac
}

# put FILE OWNER MODE: makes a file of what comes in, if it is not that already.
put() {
  local file=$1 wanted
  wanted=$(mktemp); cat >"$wanted"
  if [ -f "$file" ] && cmp -s "$file" "$wanted"; then echo "   $file is right already."; rm "$wanted"; return 1; fi
  echo "   $file:"
  if [ -f "$file" ]; then diff -u "$file" "$wanted" | tail -n +3 | sed 's/^/   /' || true; else sed 's/^/   + /' "$wanted"; fi
  if agreed; then install -o "$2" -g "$2" -m "$3" "$wanted" "$file"; rm "$wanted"; return 0; fi
  rm "$wanted"; return 1
}

ask_postgres() { (cd / && runuser -u postgres -- psql -X -q -t -A -v ON_ERROR_STOP=1 -p "$port" "$@"); }

[ -n "$server" ] || { usage >&2; stop "Name the server as the newsroom's computers reach it: --server hub.example.org"; }
[[ "$database" =~ ^[a-z_][a-z0-9_]{0,30}$ ]] || stop "Name the database with small letters, digits and _ only."
[ "$(id -u)" = 0 ] || stop "Run it as root: sudo bash $0 …"

say "1. PostgreSQL"
if ! command -v pg_lsclusters >/dev/null || [ -z "$(pg_lsclusters -h)" ]; then
  echo "   apt install postgresql"
  if agreed; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q postgresql openssl; fi
fi
command -v pg_lsclusters >/dev/null || stop "PostgreSQL is not installed."
[ -n "$cluster" ] || cluster=$(pg_lsclusters -h | awk '{print $1 "/" $2; exit}')
version=${cluster%/*} name=${cluster#*/}
port=$(pg_lsclusters -h "$version" "$name" 2>/dev/null | awk '{print $3}' || true)
[ -n "$port" ] || stop "There is no cluster $cluster: pg_lsclusters lists those that are here."
folder="/etc/postgresql/$version/$name"
echo "   PostgreSQL $version, cluster $name, port $port."
[ "$version" -ge 14 ] || stop "A hub needs PostgreSQL 14 or newer."
start() { # start|restart|reload
  pg_ctlcluster "$version" "$name" "$1"
}
if ! pg_lsclusters -h "$version" "$name" | grep -q online; then
  echo "   pg_ctlcluster $version $name start"
  if agreed; then start start; fi
fi

say "2. A certificate for $server"
certificate="$folder/ovn-desk.crt" key="$folder/ovn-desk.key" changed=""
if [ -f "$certificate" ] && [ -f "$key" ]; then
  echo "   $certificate is there already, $(openssl x509 -noout -enddate -in "$certificate" | sed 's/notAfter=/good until /')."
  openssl x509 -noout -checkhost "$server" -in "$certificate" | grep -q "does match" ||
    openssl x509 -noout -checkip "$server" -in "$certificate" 2>/dev/null | grep -q "does match" ||
    echo "   It is not for $server: move it away and run this again for a new one."
else
  kind=DNS; [[ "$server" =~ ^[0-9.]+$|: ]] && kind=IP
  echo "   $certificate: one that signs itself, good for ten years, for $server"
  if agreed; then
    (umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -sha256 \
      -subj "/CN=${server:0:64}" -addext "subjectAltName=$kind:$server" -keyout "$key" -out "$certificate" 2>/dev/null)
    chown postgres:postgres "$certificate" "$key"; chmod 644 "$certificate"; chmod 600 "$key"; changed=restart
  fi
fi

say "3. PostgreSQL answers the network, encrypted"
if put "$folder/conf.d/ovn-desk.conf" postgres 644 <<CONF; then changed=restart; fi
# For the newsroom's hub; written by serve.sh of OVN Desk.
listen_addresses = '*'
ssl = on
ssl_cert_file = '$certificate'
ssl_key_file = '$key'
password_encryption = scram-sha-256
lc_messages = 'C'
CONF

say "4. Who may come: everybody with a password, encrypted, to this database alone"
begin="# OVN Desk, $database: begin" end="# OVN Desk, $database: end"
if { printf '%s\nhostssl %s all all scram-sha-256\n%s\n' "$begin" "$database" "$end"
     sed "/^$begin\$/,/^$end\$/d" "$folder/pg_hba.conf"; } | put "$folder/pg_hba.conf" postgres 640
then [ -n "$changed" ] || changed=reload; fi
if [ -n "$changed" ]; then start "$changed"; fi

say "5. The database, and the login that runs the hub"
password=""
if ask_postgres -d postgres -c "SELECT 1 FROM pg_roles WHERE rolname = '$owner'" 2>/dev/null | grep -q 1; then
  echo "   The login $owner is there already."
else
  echo "   CREATE ROLE $owner LOGIN CREATEROLE, with a password that is shown once"
  if agreed; then
    password=$(openssl rand -hex 16)
    echo "CREATE ROLE $owner LOGIN CREATEROLE PASSWORD '$password'" | ask_postgres -d postgres -f - >/dev/null
  fi
fi
if ask_postgres -d postgres -c "SELECT 1 FROM pg_database WHERE datname = '$database'" 2>/dev/null | grep -q 1; then
  echo "   The database $database is there already."
else
  echo "   CREATE DATABASE $database, which belongs to $owner"
  if agreed; then ask_postgres -d postgres -c "CREATE DATABASE $database OWNER $owner ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0" >/dev/null; fi
fi
echo "   In $database nobody but its owner makes tables, large objects, locks of their own or messages in the log"
if ask_postgres -d "$database" -c "SELECT has_function_privilege('public', 'pg_advisory_lock(bigint)', 'EXECUTE')" \
  2>/dev/null | grep -q f; then
  echo "   It is so already."
elif agreed; then
  ask_postgres -d "$database" -f - >/dev/null <<'SQL'
DO $$
DECLARE one regprocedure;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND (
      proname ~ '^pg_(try_)?advisory_(xact_)?lock(_shared)?$' OR proname = 'pg_logical_emit_message'
      OR proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite'))
  LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one); END LOOP;
END $$;
SQL
fi

say "6. A copy every day, kept for $days days, in /var/backups/ovn-desk"
[ -n "$dry" ] || install -d -o postgres -g postgres -m 700 /var/backups/ovn-desk
put "/etc/cron.daily/ovn-desk-$database" root 755 <<CRON || true
#!/bin/sh
# Copies the newsroom's hub; written by serve.sh of OVN Desk. To bring one back: docs/hub.md, "Backups".
set -e
cd /var/backups/ovn-desk
day=\$(date +%F)
runuser -u postgres -- pg_dump -p $port -Fc -f "$database-\$day.part" "$database"
runuser -u postgres -- pg_restore -l "$database-\$day.part" >/dev/null
mv "$database-\$day.part" "$database-\$day.dump"
runuser -u postgres -- pg_dumpall -p $port --roles-only -f "$database-\$day.roles.sql"
find . -name "$database-*" -mtime +$days -delete
CRON
command -v cron >/dev/null || echo "   Nothing runs it yet: apt install cron"

if [ -n "$dry" ]; then say "Nothing was changed."; exit 0; fi
say "Done. Whoever runs the newsroom (a chief) types into OVN Desk under File, Share, Hub:"
echo "   Server    $server        Port  $port"
echo "   Database  $database"
echo "   Login     $owner"
if [ -n "$password" ]; then echo "   Password  $password      (it is shown only now)"
else echo "   Password  as it was shown when $owner was made; for a new one, on this server:"
     echo "             runuser -u postgres -- psql -p $port -c '\\password $owner'"; fi
echo "   and, when OVN Desk shows a number of a certificate, compares it with this one:"
[ ! -f "$certificate" ] || openssl x509 -noout -fingerprint -sha256 -in "$certificate" |
  sed 's/.*=//; s/:/ /g' | fold -w 48 | sed 's/^/   /'
echo
echo "The server's firewall, and its provider's, have to let port $port (TCP) through."

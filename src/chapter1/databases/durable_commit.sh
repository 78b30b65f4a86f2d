# PostgreSQL refuses to run as root. There it becomes `nobody`, who may open what root may open.
as=""
if [ "$(id -u)" = 0 ]; then
    as="setpriv --reuid=nobody --clear-groups --securebits=+no_setuid_fixup"
    as="$as --inh-caps=+dac_override --ambient-caps=+dac_override"
fi
export PGDATA="$PWD/data" PGHOST="$PWD" PGUSER=postgres PGDATABASE=postgres

# A server in this folder, with the settings it comes with, and somebody who starts it again.
$as initdb --username=postgres --auth=trust > log
until $as postgres -k "$PWD" -c listen_addresses= -c wal_writer_delay=10s; do
    sleep 0.1
done 2>> log &
ready() { until psql -c "" 2> /dev/null; do sleep 0.1; done; }
ready

# --8<-- [start:default]
psql -q -c "CREATE TABLE payments (number integer)"
pay() { # (1)!
    seq 100 | sed 's/.*/INSERT INTO payments VALUES (&);/' | psql
}
crash() {
    psql -At -c "SELECT pid FROM pg_stat_activity
                 WHERE pid <> pg_backend_pid()" > processes
    kill -9 $(head -1 data/postmaster.pid) $(cat processes) 2> /dev/null
    ready # (2)!
}
pay | grep -c "INSERT 0 1"
#> 100
crash
psql -At -c "SELECT count(*) FROM payments"
#> 100
# --8<-- [end:default]

# --8<-- [start:asynchronous]
export PGOPTIONS="-c synchronous_commit=off" # (1)!
pay | grep -c "INSERT 0 1"
#> 100
crash
psql -At -c "SELECT count(*) FROM payments"
#> 100
# --8<-- [end:asynchronous]

$as pg_ctl stop --silent
wait

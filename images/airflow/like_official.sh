#!/bin/sh
# Make a Debian with Python look as apache/airflow's image does, where the official one cannot be had: its user, its
# environment, its folders, its init, and the two commands that the Helm chart and the entry point name.
# Where there is an Airflow, nothing is done.
set -eu

[ ! -x /home/airflow/.local/bin/airflow ] || exit 0

apt-get update
apt-get install -y --no-install-recommends ca-certificates dumb-init
python3 -c "import ensurepip" 2>/dev/null || apt-get install -y --no-install-recommends python3-venv
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt

useradd --uid 50000 --gid 0 --create-home --shell /bin/bash airflow
install -d -o 50000 -g 0 -m 775 /opt/airflow /opt/airflow/dags /opt/airflow/logs /opt/airflow/plugins
python3 -m venv /home/airflow/.local
chown -R 50000:0 /home/airflow/.local

cat >/entrypoint <<'END'
#!/bin/sh
[ "$#" -gt 0 ] || set -- airflow version
exec "$@"
END
cat >/clean-logs <<'END'
#!/bin/sh
# What the chart's log groomer runs: log files older than so many days go.
while true; do
    find "${AIRFLOW_HOME:-/opt/airflow}/logs" -type f -mtime "+${AIRFLOW__LOG_RETENTION_DAYS:-15}" -delete
    sleep "$((${AIRFLOW__LOG_CLEANUP_FREQUENCY_MINUTES:-15} * 60))"
done
END
chmod 755 /entrypoint /clean-logs

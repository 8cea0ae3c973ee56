# syntax=docker/dockerfile:1
# Three stages: packages, front end, and an image that holds only what runs.

FROM python:3.11-slim AS pakketten
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
COPY requirements/ requirements/
RUN python -m pip install --require-hashes -r requirements/uv.txt
RUN python -m venv --without-pip /app/.venv
RUN uv pip install --python /app/.venv/bin/python --require-hashes -r requirements/base.txt

FROM pakketten AS voorkant
# npm comes from here; what is installed in this stage stays behind in it.
RUN uv pip install --python /app/.venv/bin/python --require-hashes -r requirements/base.txt -r requirements/demo.txt
COPY . .
ENV PATH=/app/.venv/bin:$PATH KCC_OMGEVING=demo KCC_DATA_DIR=/tmp/kcc KCC_STATIC_ROOT=/app/staticfiles
RUN python -m kcc.front_end
RUN python manage.py collectstatic --noinput

FROM python:3.11-slim
RUN groupadd --system --gid 10001 kcc \
    && useradd --system --uid 10001 --gid kcc --no-create-home --shell /usr/sbin/nologin kcc \
    && install --directory --owner=kcc --group=kcc --mode=0700 /var/lib/kcc /var/lib/kcc/beat
WORKDIR /app
COPY --from=pakketten /app/.venv /app/.venv
COPY . .
COPY --from=voorkant /app/static /app/static
COPY --from=voorkant /app/staticfiles /app/staticfiles
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=kcc.settings \
    KCC_OMGEVING=productie \
    KCC_DATA_DIR=/var/lib/kcc \
    KCC_STATIC_ROOT=/app/staticfiles \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-m", "kcc.levensteken", "web"]
CMD ["granian", "--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "8", "kcc.wsgi:application"]

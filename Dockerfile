# Blue Lamp for production: one image; docker-compose.yml says which process runs what.

# The front-end parts, exactly as package-lock.json holds them.
FROM node:22-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=peer

# The Python packages, every one checked against its pinned hash, and the static files.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes --requirement requirements/base.txt
COPY . .
COPY --from=front-end /app/node_modules node_modules
RUN python tools/prepare.py vendor && rm -rf node_modules .tools
# Production refuses to start without these; collecting files uses none of them.
RUN DJANGO_SETTINGS_MODULE=config.settings.production \
    SECRET_KEY=for-collecting-static-files-and-nothing-else \
    AUDIT_KEY=for-collecting-static-files-and-nothing-else \
    ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://nobody@localhost/nothing \
    REDIS_URL=redis://localhost \
    PRACTICE_PUBLISHER=1 \
    BLUELAMP_DATA=/tmp/data \
    /opt/venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent bluelamp \
    && install --directory --owner bluelamp --mode 0750 /data
ENV DJANGO_SETTINGS_MODULE=config.settings.production \
    BLUELAMP_DATA=/data \
    PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER bluelamp
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-m", "tools.health"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]

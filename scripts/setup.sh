#!/usr/bin/env bash
# Install what is missing: system libraries and fonts, the virtual environment, the private font set.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk
  fonts-lxgw-wenkai fonts-babelstone-han fonts-hanazono unicode-data)
if [ -n "${TESTING:-}" ]; then packages+=(chromium-headless-shell postgresql redis-server qpdf poppler-utils git); fi
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "安装系统软件包：${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "缺少系统软件包，请先运行："
    echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    exit 1
  fi
fi
python=python3.11
command -v $python >/dev/null || python=python3
stamp=.venv/.installed
if [ ! -f "$stamp" ] || ! cmp -s requirements.lock "$stamp"; then
  echo "建立 .venv"
  [ -x .venv/bin/python ] || $python -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check -r requirements.lock
  cp requirements.lock "$stamp"
fi
mkdir -p var/static
if ! cmp -s workflow_app/fonts.py var/fonts/recipe; then
  echo "生成字体集"
  .venv/bin/python -m workflow_app.fonts var/fonts >/dev/null
fi

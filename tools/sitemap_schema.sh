#!/bin/sh
# Put the sitemap protocol's schema into .cache/sitemap, from the npm package `sitemap`. Its licence
# (CC BY-SA) does not let it lie in this repository.
set -e
here=$(cd "$(dirname "$0")/.." && pwd)/.cache/sitemap
mkdir -p "$here"
cd "$here"
npm pack --silent sitemap@9.0.1 > /dev/null
tar xzf sitemap-9.0.1.tgz --strip-components=2 package/schema/sitemap.xsd
rm sitemap-9.0.1.tgz

#!/bin/bash
# Makes certificates for tests: certs.sh DIR NAME
# ca.pem (trust this), good.pem (for NAME), wrong.pem (for another name), expired.pem, self.pem (signed by itself), and
# stranger.pem (signed by an authority that nobody trusts), each beside its .key.
set -euo pipefail
cd "$1"
name=$2
cat > ca.conf <<CONF
[ca]
default_ca = own
[own]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = any
x509_extensions = leaf
copy_extensions = copy
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
CONF
: > index.txt
echo 1000 > serial
authority() { openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem"; }
leaf() { # file, name, authority, from, until
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -keyout "$1.key" -out "$1.csr"
    openssl ca -batch -config ca.conf -notext -cert "$3.pem" -keyfile "$3.key" -startdate "$4" -enddate "$5" \
        -in "$1.csr" -out "$1.pem"
    echo > index.txt
    : > index.txt
}
soon=$(date -u -d '+20 days' +%y%m%d%H%M%SZ)
past=$(date -u -d '-20 days' +%y%m%d%H%M%SZ)
{
    authority ca
    authority other
    leaf good "$name" ca "$past" "$soon"
    leaf wrong elsewhere.example ca "$past" "$soon"
    leaf expired "$name" ca 200101000000Z 200201000000Z
    leaf stranger "$name" other "$past" "$soon"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$name" -addext "subjectAltName=DNS:$name" \
        -keyout self.key -out self.pem
} > certs.log 2>&1 || { cat certs.log >&2; exit 1; }

"""A mail server for tests: on loopback, behaving as its first argument says. It writes the port, what was said and the
mails into the folder that its second argument names."""
import base64
import os
import socket
import ssl
import sys
import threading
import time

mode, work = sys.argv[1], sys.argv[2]


class Cut(Exception):
    pass


def log(text):
    with open(work + '/log', 'a') as file:
        file.write(text + '\n')


def talk(sock):
    tls = False
    stream = sock.makefile('rwb')

    def say(text):
        stream.write(text.encode() + b'\r\n')
        stream.flush()

    if mode == 'drip':  # an answer that never ends, byte by byte
        log('CONNECTED')
        while True:
            stream.write(b'2')
            stream.flush()
            time.sleep(0.1)
    say('220 test ready')
    while True:
        line = stream.readline()
        if not line:
            return
        word = line.decode('latin-1').strip()
        verb = word.split(' ')[0].upper()
        log(word if verb != 'AUTH' else ('AUTH-IN-TLS' if tls else 'AUTH-IN-CLEAR'))
        if verb in ('EHLO', 'HELO'):
            if mode == 'starttls':
                say('250-test')
                say('250-AUTH PLAIN' if tls else '250-STARTTLS')
            say('250 8BITMIME')
        elif verb == 'STARTTLS' and mode == 'starttls':
            say('220 go on')
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(work + '/cert.pem', work + '/key.pem')
            sock = context.wrap_socket(sock, server_side=True)
            stream = sock.makefile('rwb')
            tls = True
        elif verb == 'AUTH':
            parts = word.split(' ')
            if len(parts) < 3:
                say('334 ')
                parts.append(stream.readline().decode().strip())
            good = tls and base64.b64decode(parts[-1]) == b'\0user\0secret'
            say('235 welcome' if good else '535 no')
        elif verb == 'RCPT':
            say({'refuse-receiver': '550 nobody of that name', 'later-receiver': '451 busy'}.get(mode, '250 ok'))
        elif verb == 'DATA':
            if mode == 'cut-before-data':
                raise Cut
            say('354 go on')
            lines = []
            while True:
                line = stream.readline()
                if line == b'.\r\n' or not line:
                    break
                lines.append(line[1:] if line.startswith(b'.') else line)
            if mode == 'cut-after-data':
                raise Cut
            if mode == 'silent-after-data':
                time.sleep(30)
            if mode == 'refuse-data':
                say('554 not this one')
                continue
            with open(work + '/mails', 'ab') as file:
                file.write(b''.join(lines) + b'END\n')
            if mode == 'taken-and-cut':
                raise Cut
            if mode == 'taken-and-silent':
                time.sleep(60)
            if mode == 'taken-and-drip':
                for _ in range(600):
                    stream.write(b'2')
                    stream.flush()
                    time.sleep(0.1)
            say('250 taken')
        elif verb == 'QUIT':
            say('221 bye')
            return
        else:
            say('250 ok')


def handle(sock):
    try:
        talk(sock)
    except (Cut, OSError):
        pass
    # The stream holds the socket too: cut it for real.
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


port = int(sys.argv[3]) if len(sys.argv) > 3 else 0
server = socket.create_server(('127.0.0.1', port))
with open(work + '/port.new', 'w') as port_file:
    port_file.write(str(server.getsockname()[1]))
os.rename(work + '/port.new', work + '/port')
while True:
    connection, _ = server.accept()
    threading.Thread(target=handle, args=(connection,), daemon=True).start()

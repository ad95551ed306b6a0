"""A provider of OpenID Connect as a process of its own: `python -m tests.accounts.provider` says its address.

It holds its clients to authorization code, registered way back, secret and PKCE, each code once. What a test puts to
`/knobs` makes it answer as a broken or a false provider would.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "the house", "its secret / with signs:"
KEYS = {name: RSAKey.generate_key(2048, {"kid": name}) for name in ("first", "second", "strange")}
PLAIN = {"sub": "jdoe", "claims": {}, "key": "first", "shown_keys": ["first"], "alg": "RS256", "said": {}, "slow": 0,
         "answer": None, "drop": []}  # fmt: skip
knobs, codes, asked = dict(PLAIN), {}, []


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Provider(BaseHTTPRequestHandler):
    def log_message(self, *_words):
        pass

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    def reply(self, found, status=200, **headers):
        body = json.dumps(found).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        asked.append([self.command, parts.path, query])
        pages = {
            "/.well-known/openid-configuration": self.says, "/jwks": self.keys, "/authorize": self.authorize,
            "/asked": lambda _query: self.reply(asked),
        }  # fmt: skip
        pages[parts.path](query)

    def says(self, _query):
        time.sleep(knobs["slow"])
        self.reply({
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks", **knobs["said"],
        })  # fmt: skip

    def keys(self, _query):
        self.reply({"keys": [KEYS[name].as_dict(private=False, alg="RS256") for name in knobs["shown_keys"]]})

    def authorize(self, query):
        wrong = [query["client_id"] != CLIENT, query["response_type"] != "code", "openid" not in query["scope"],
                 query["code_challenge_method"] != "S256", len(query["code_challenge"]) != 43]  # fmt: skip
        if any(wrong):
            self.reply({"error": "invalid_request"}, 400)
            return
        code = secrets.token_urlsafe(16)
        codes[code] = {**query, "auth_time": int(time.time())}
        answer = {"code": code, **(knobs["answer"] or {}), "state": query["state"]}
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self):
        knobs.clear()
        knobs.update(PLAIN | json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        asked.clear()
        self.reply({})

    def do_POST(self):
        form = {name: values[0] for name, values in parse_qs(self.text()).items()}
        asked.append([self.command, self.path, form])
        kept = codes.pop(form.get("code"), None)
        right = base64.b64encode(f"{quote(CLIENT, safe='')}:{quote(SECRET, safe='')}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {right}":
            self.reply({"error": "invalid_client"}, 401)
        elif kept is None or not self.fits(form, kept):
            self.reply({"error": "invalid_grant"}, 400)
        else:
            self.reply({"access_token": "unused", "token_type": "Bearer", "id_token": self.token(kept)})

    def text(self):
        return self.rfile.read(int(self.headers["Content-Length"])).decode()

    def fits(self, form, kept):
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        return challenge == kept["code_challenge"] and form["redirect_uri"] == kept["redirect_uri"]

    def token(self, kept):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": knobs["sub"], "iat": now, "exp": now + 300,
                  "nonce": kept["nonce"], "auth_time": kept["auth_time"], **knobs["claims"]}  # fmt: skip
        claims = {name: value for name, value in claims.items() if name not in knobs["drop"]}
        if knobs["alg"] == "none":
            return f"{b64(json.dumps({'alg': 'none'}).encode())}.{b64(json.dumps(claims).encode())}."
        if knobs["alg"] == "HS256":  # the public key taken for a secret
            told = f"{b64(json.dumps({'alg': 'HS256', 'kid': 'first'}).encode())}.{b64(json.dumps(claims).encode())}"
            return f"{told}.{b64(hmac.digest(KEYS['first'].as_pem(private=False), told.encode(), 'sha256'))}"
        return jwt.encode({"alg": "RS256", "kid": knobs["key"]}, claims, KEYS[knobs["key"]])


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Provider)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201
    server.serve_forever()

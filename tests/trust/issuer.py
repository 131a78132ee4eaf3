"""A made-up organisation's sign-in on this machine: discovery, authorisation, tokens and keys of OpenID Connect."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "fener", "a-secret-of-the-test"


@dataclass
class Issuer:
    """Whoever it lets in is ``sub``. Change a field to have it lie."""

    sub: str = "person-1"
    claims: dict[str, Any] = field(default_factory=dict)  # besides, or instead of, what is right
    algorithm: str = "RS256"
    announced: str = ""  # another issuer than it is
    signs_with_own_key: bool = True
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)  # what it was asked at the authorisation page

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def entry(self, organisation: Any) -> dict[str, str]:
        """As it stands in FENER_OIDC_FILE."""
        told = {"issuer": self.url, "client_id": CLIENT, "secret": SECRET}
        return {**told, "organisation": str(organisation), "name": "City clinic"}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.announced or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The person says yes; the address that the browser goes back to."""
        self.asked.append(query)
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or form.get("client_secret") != SECRET or not _fits(asked, form):
            return None
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": self.sub,
            "iat": now,
            "exp": now + 60,
            "email": "mira@example.org",
            "email_verified": True,
            "name": "Mira Told By The Issuer",
            **self.claims,
        }
        key: Any = self.key if self.signs_with_own_key else self.other_key
        if self.algorithm == "HS256":
            key = "x" * 64
        elif self.algorithm == "none":
            key = None
        signed = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    self.send_response(302)
                    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    self.send_header("Location", issuer.authorize(query))
                    self.end_headers()
                elif parts.path == "/keys":
                    self.tell(200, issuer.keys())
                elif parts.path == "/.well-known/openid-configuration":
                    self.tell(200, issuer.configuration())
                else:
                    self.tell(404, {})

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = issuer.token({name: values[0] for name, values in parse_qs(raw).items()})
                self.tell(200 if told else 400, told or {"error": "invalid_grant"})

            def tell(self, status: int, what: dict[str, Any]) -> None:
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                pass

        return Handler


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    """PKCE: whoever brings the code is whoever asked."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
    return asked.get("code_challenge_method") == "S256" and challenge.rstrip(b"=").decode() == asked["code_challenge"]

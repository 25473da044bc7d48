// Opens sealed alerts with `http_ece`, which is none of ours, and checks the signature with Node's own.
import { createRequire } from "node:module";
import { createECDH, createPublicKey, verify } from "node:crypto";

const ece = createRequire(`${process.argv[2]}/`)("http_ece");
const { body, key, auth, token, server } = JSON.parse(await new Response(process.stdin).text());
const receiver = createECDH("prime256v1");
receiver.setPrivateKey(key, "base64url");
const plain = ece.decrypt(Buffer.from(body, "base64url"), { version: "aes128gcm", privateKey: receiver, authSecret: auth });
const [head, claims, signature] = token.split(".");
const point = Buffer.from(server, "base64url");
const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
const signed = verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
console.log(JSON.stringify({ plain: plain.toString(), signed, claims: JSON.parse(Buffer.from(claims, "base64url")) }));

/// Signed notes: a text, and who has signed it. The checksum database signs its tree heads so.
///
/// ## A note
///
/// A text that ends in a line feed, an empty line, then a line for each signature: em dash
/// (U+2014), space, name of the key, space, base64.
///
/// ```
/// If you think cryptography is the answer to your problem,
/// then you don't know what your problem is.
///
/// — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
/// ```
///
/// The last empty line parts them, so the text may have empty lines too. All of it is UTF-8 without
/// control characters below U+0020 but the line feed. The base64 holds the hash of the key (4
/// bytes, big-endian), then the signature of the text, its last line feed included and the empty
/// line not.
///
/// ## Keys
///
/// ```
/// verifier key   name+hash+base64(0x01 || public key)
/// signing key    PRIVATE+KEY+name+hash+base64(0x01 || seed)
/// hash           first 4 bytes of SHA-256(name || 0x0a || 0x01 || public key), as 8 hex digits
///
/// PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
/// ```
///
/// 0x01 is Ed25519 (RFC 8032), the only kind known here. A name is not empty and has neither
/// Unicode spaces nor `+`. The hash is a hint at the key, not a fingerprint to rely on: 32 bits.
///
/// ## Opening a note
///
/// | signature | then |
/// |---|---|
/// | of a known key, and right | kept as verified |
/// | of a known key, and wrong | the note is refused, whoever else has signed |
/// | of two known keys with one name and hash | the note is refused |
/// | of an unknown key | kept as unverified |
/// | once more | ignored |
///
/// A note that no known key has signed is refused, and so is one with more than 100 signatures or
/// of more than 1 MiB. Base64 must be canonical, where `go` accepts loose last bits.
///
/// Sources: https://c2sp.org/signed-note, `golang.org/x/mod/sumdb/note`,
/// https://go.dev/ref/mod#checksum-database
@NullMarked
package dev.modgate.gomod.note;

import org.jspecify.annotations.NullMarked;

/// Reads module zips, says all that is wrong with them, and computes their h1.
///
/// A module zip is an ordinary zip of the files of one module version. Each name begins with
/// `module@version/`, which is *not* case-encoded, unlike everywhere else:
///
/// ```
/// github.com/BurntSushi/toml@v1.4.0/go.mod
/// github.com/BurntSushi/toml@v1.4.0/LICENSE
/// github.com/BurntSushi/toml@v1.4.0/internal/tz.go
/// ```
///
/// ## Limits ({@link dev.modgate.gomod.zip.ZipLimits})
///
/// | what | at most | whose |
/// |---|---|---|
/// | the zip | 500 MiB | Go's |
/// | contents of all entries together, as declared | 500 MiB | Go's |
/// | `go.mod` at the root | 16 MiB | Go's |
/// | `LICENSE` at the root | 16 MiB | Go's |
/// | central directory | 32 MiB | ours: its names are held in memory |
/// | entries | 250,000 | ours: each takes 42 bytes of memory, besides its name |
///
/// ## Names
///
/// Behind the prefix a name is what {@link dev.modgate.gomod.module.FilePath} allows: no leading
/// slash, no `..`, no backslash, no name of a Windows device. No two names, and no two folders
/// within names, are equal under Unicode simple case folding; none is both a file and a folder. A
/// `go.mod` stands only at the root and only in lower case: one further down would be another
/// module. A name that ends in a slash is an empty directory; it has no contents, and counts in the
/// h1 like a file. All other entries are regular files.
///
/// ## Order of reading
///
/// 1. The end record, which with its comment ends the file ({@link
///    dev.modgate.gomod.zip.EndRecord}).
/// 2. The central directory, which ends where the end record begins: the truth about what is inside
///    ({@link dev.modgate.gomod.zip.CentralDirectory}).
/// 3. Every name, type and declared size, before a byte of contents is read.
/// 4. The contents, in the order in which they lie in the file: the local header must say what the
///    directory says, each byte must belong to exactly one entry, and what is decompressed must
///    have the declared size and CRC-32 to the byte. Reading ends at the declared size, so a small
///    zip can't swell ({@link dev.modgate.gomod.zip.EntryReader}).
///
/// Whatever is refused has its {@link dev.modgate.gomod.zip.ZipFault.Kind}, and a sentence that
/// names the entry and both sides. All faults are reported, not only the first, up to 100; where
/// the end record or the directory can't be read nothing else is looked at. The h1 exists only
/// where there is no fault.
///
/// ## Rules, beside those of x/mod
///
/// Nothing is accepted that `zip.CheckZip` and `dirhash.HashZip` refuse. More is refused, because
/// tools other than `go` read other parts of a zip, and what they find must be the same:
///
/// | what | here | x/mod |
/// |---|---|---|
/// | module path, version, prefix, names, go.mod's place | the same | the same |
/// | names equal in folded case, file and folder in one | the same | the same |
/// | size limits | the same, and two of our own | the same |
/// | contents: size, CRC-32, methods stored and deflated | the same | the same |
/// | files below `vendor/`, empty directories, a comment | accepted | accepted |
/// | CRC-32 of 0 | compared | taken for none, without a descriptor |
/// | data behind the end of a deflate stream | refused | not noticed |
/// | local header: name, flags, method, CRC-32, sizes | as in the directory | only its length is read |
/// | data descriptor: sizes | as in the directory, 32 bits | only its CRC-32 is read |
/// | bytes before, between, behind entries | refused | accepted |
/// | entries that share bytes | refused | accepted |
/// | bytes behind the end record | refused | accepted |
/// | encryption, patched data, unknown flags | refused | passed over |
/// | ZIP64 fields of an entry | refused | used where needed |
/// | ZIP64 end record | where 65,535 entries ask for it, right before the end record | wherever the locator points, also when the directory has 65,535 bytes |
/// | second name in a Unicode path field | refused | passed over |
/// | extra fields longer than their space | refused | passed over |
/// | one of several parts | refused | passed over |
/// | symbolic links, devices, pipes, by Unix mode or DOS attribute | refused | written as regular files |
///
/// Each row has its data files among the tests; a test runs x/mod over all of them, and over the
/// zips of a real project.
///
/// ## Example
///
/// A zip for `example.com/m@v1.0.0` with the entries `example.com/m@v1.0.0/m.go` and
/// `example.com/m@v1.0.0/M.go` has one fault, of kind `DUPLICATE`: `entry
/// "example.com/m@v1.0.0/M.go": "M.go" and "m.go" differ in case alone`.
///
/// ## Why one package
///
/// Outside, only {@link dev.modgate.gomod.zip.ModuleZip} and what it reports are seen. The parts
/// that know the format and those that know the rules share the entry and the fault list; apart,
/// both would have to be public.
///
/// Sources: https://go.dev/ref/mod#zip-files, `golang.org/x/mod/zip.CheckZip`, PKWARE's APPNOTE.TXT
/// 6.3.10 (section numbers in the code are its)
@NullMarked
package dev.modgate.gomod.zip;

import org.jspecify.annotations.NullMarked;

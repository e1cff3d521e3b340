// Command xmod says what golang.org/x/mod thinks of zips, paths and letters.
//
//	xmod zips FILE     lines "module@version<tab>zip"
//	xmod names FILE    lines "kind<tab>hexadecimal UTF-8", kind is path, import, file or module
//	xmod letters       all letters, each with the lowest of those it is equal to in folded case
//
// For each line of FILE it prints "ok" (of a zip with its h1) or "refused", and why.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"unicode"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/zip"
)

var out = bufio.NewWriter(os.Stdout)

func main() {
	defer out.Flush()
	switch os.Args[1] {
	case "zips":
		each(os.Args[2], checkZip)
	case "names":
		each(os.Args[2], checkName)
	case "letters":
		letters()
	default:
		panic(os.Args[1])
	}
}

func each(file string, check func(a, b string) (string, error)) {
	f, err := os.Open(file)
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\t")
		if answer, err := check(a, b); err != nil {
			fmt.Fprintf(out, "refused %q\n", err.Error())
		} else {
			fmt.Fprintln(out, strings.TrimSpace("ok "+answer))
		}
	}
}

func checkZip(version, file string) (string, error) {
	path, version, _ := strings.Cut(version, "@")
	if _, err := zip.CheckZip(module.Version{Path: path, Version: version}, file); err != nil {
		return "", err
	}
	return dirhash.HashZip(file, dirhash.Hash1)
}

func checkName(kind, text string) (string, error) {
	b, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	name := string(b)
	switch kind {
	case "path":
		return "", module.CheckPath(name)
	case "import":
		return "", module.CheckImportPath(name)
	case "file":
		return "", module.CheckFilePath(name)
	case "module":
		path, version, _ := strings.Cut(name, "@")
		return "", module.Check(path, version)
	}
	panic(kind)
}

func letters() {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.IsLetter(r) {
			lowest := r
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				lowest = min(lowest, f)
			}
			fmt.Fprintf(out, "%x %x\n", r, lowest)
		}
	}
}

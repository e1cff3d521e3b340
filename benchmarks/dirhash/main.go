// Command dirhash hashes the zips that its standard input names, and prints the nanoseconds that it
// took: of the processor, and by the clock.
package main

import (
	"bufio"
	"fmt"
	"os"
	"syscall"
	"time"

	"golang.org/x/mod/sumdb/dirhash"
)

func main() {
	start := time.Now()
	for files := bufio.NewScanner(os.Stdin); files.Scan(); {
		if _, err := dirhash.HashZip(files.Text(), dirhash.Hash1); err != nil {
			panic(err)
		}
	}
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	fmt.Println(used.Utime.Nano()+used.Stime.Nano(), time.Since(start).Nanoseconds())
}

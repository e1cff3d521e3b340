// Command hello uses a few real modules, so that a sync has something to bring inside.
package main

import (
	"fmt"
	"os"

	"github.com/BurntSushi/toml"
	"github.com/google/uuid"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"rsc.io/quote"
)

func main() {
	var settings struct{ Languages []string }
	if _, err := toml.Decode(`Languages = ["en", "zh-Hans", "de"]`, &settings); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, name := range settings.Languages {
		fmt.Println("hello in", display.Self.Name(language.Make(name)))
	}
	fmt.Println(quote.Go())
	fmt.Println(uuid.NewSHA1(uuid.NameSpaceDNS, []byte("modgate")))
}

module example.com/hello

go 1.21

require (
	github.com/BurntSushi/toml v1.4.0
	github.com/google/uuid v1.6.0
	golang.org/x/text v0.14.0
	rsc.io/quote v1.5.2
)

require rsc.io/sampler v1.3.0 // indirect

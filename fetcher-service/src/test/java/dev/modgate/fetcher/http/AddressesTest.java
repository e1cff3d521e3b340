package dev.modgate.fetcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private final Addresses addresses = Addresses.literalsAlone();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "fe80::1",
        "fd12::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "localhost",
        "LocalHost",
        "a.localhost"
      })
  void internalOnesAreKnown(String host) {
    assertThat(addresses.isInternal(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.0.113.1",
        "172.32.0.1",
        "100.63.0.1",
        "100.128.0.1",
        "[2001:db8::1]",
        "64:ff9b::203.0.113.1",
        "2002:cb00:7101::",
        "a.example",
        "localhost.example"
      })
  void othersAreNot(String host) {
    assertThat(addresses.isInternal(host)).isFalse();
  }
}

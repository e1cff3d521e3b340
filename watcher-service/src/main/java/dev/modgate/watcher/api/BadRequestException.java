package dev.modgate.watcher.api;

import org.springframework.http.HttpStatus;

/// Ends a request with a problem document.
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;

  public BadRequestException(HttpStatus status, String sentence) {
    super(sentence);
    this.status = status;
  }

  public static BadRequestException unprocessable(String sentence) {
    return new BadRequestException(HttpStatus.UNPROCESSABLE_CONTENT, sentence);
  }

  public static BadRequestException notFound(String sentence) {
    return new BadRequestException(HttpStatus.NOT_FOUND, sentence);
  }

  public static BadRequestException conflict(String sentence) {
    return new BadRequestException(HttpStatus.CONFLICT, sentence);
  }

  public static BadRequestException unavailable(String sentence) {
    return new BadRequestException(HttpStatus.SERVICE_UNAVAILABLE, sentence);
  }

  HttpStatus status() {
    return status;
  }
}

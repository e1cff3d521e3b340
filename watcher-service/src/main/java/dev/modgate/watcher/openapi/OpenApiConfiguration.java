package dev.modgate.watcher.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What the API says of itself, at `/api/v1/openapi.json`.
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

  /// Nobody is asked whether a body is valid: types guard themselves. Spring would start the
  /// validator whose annotations springdoc loads.
  @Bean
  WebMvcConfigurer noValidator() {
    return new WebMvcConfigurer() {
      @Override
      public Validator getValidator() {
        return Validator.forInstanceOf(Object.class, (_, _) -> {});
      }
    };
  }

  /// Records inside others have names such as Item, of which there are several.
  @Bean
  ModelResolver schemaNames(ObjectMapperProvider mapper) {
    return new ModelResolver(mapper.jsonMapper(), new SchemaNames());
  }

  @Bean
  OpenApiCustomizer apiDescription() {
    return new ApiDescription(Words.read());
  }
}

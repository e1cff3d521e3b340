package dev.modgate.watcher.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Says what holds for the whole API, of each operation alike: problem documents, idempotency keys,
/// entity tags, pages; and puts the sentences where they belong. An endpoint that is added has all
/// but its sentences by itself.
final class ApiDescription implements OpenApiCustomizer {
  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final String EVENTS = "text/event-stream";

  private final Words words;

  ApiDescription(Words words) {
    this.words = words;
  }

  @Override
  public void customise(OpenAPI api) {
    api.info(
        new Info()
            .title("Modgate")
            .version("1")
            .description(words.of("api").orElse(""))
            .license(null));
    api.servers(List.of(new Server().url("/")));
    api.tags(null);
    api.paths(sorted(api.getPaths()));
    api.getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) -> describe(path, method, operation)));
    describe(api.getComponents());
    api.addSecurityItem(new SecurityRequirement().addList("token"));
  }

  /// What stands for all below it has a name here, which OpenAPI can't give: a module path with its
  /// slashes.
  private static Paths sorted(Paths paths) {
    var sorted = new TreeMap<String, PathItem>();
    paths.forEach((path, item) -> {
      if (path.endsWith("/**")) {
        item.readOperations()
            .forEach(operation ->
                operation.addParametersItem(
                    new Parameter()
                        .in("path")
                        .name("module")
                        .required(true)
                        .schema(new StringSchema())));
      }
      sorted.put(path.replace("/**", "/{module}"), item);
    });
    var result = new Paths();
    sorted.forEach(result::addPathItem);
    return result;
  }

  private void describe(String path, PathItem.HttpMethod method, Operation operation) {
    String name = method + " " + path;
    operation.operationId(id(name));
    operation.tags(null);
    words.of(name).ifPresent(operation::summary);
    words.of("answers " + name).ifPresent(answers -> answer(operation, answers.split(" ", -1)));
    boolean events = answers(operation, EVENTS);
    if (method == PathItem.HttpMethod.POST) {
      operation.addParametersItem(header("Idempotency-Key"));
    }
    if (method == PathItem.HttpMethod.GET && !events) {
      operation.addParametersItem(header("If-None-Match"));
    }
    for (Parameter parameter : Optional.ofNullable(operation.getParameters()).orElse(List.of())) {
      describe(name, parameter);
    }
    if (events) { // a stream has no schema
      operation.getResponses().values().stream()
          .map(response -> response.getContent().get(EVENTS))
          .forEach(media -> media.schema(new StringSchema()));
    }
    operation
        .getResponses()
        .forEach((status, response) -> describe(name, status, response, operation));
    if (method == PathItem.HttpMethod.GET && !events) {
      operation
          .getResponses()
          .addApiResponse(
              "304", new ApiResponse().description(words.of("304").orElse("Not Modified")));
    }
    operation.getResponses().addApiResponse("default", problem());
  }

  /// With other statuses than 200, which is all that a signature says.
  private static void answer(Operation operation, String... statuses) {
    ApiResponse known = operation.getResponses().remove("200");
    if (known == null) {
      return;
    }
    for (String status : statuses) {
      operation
          .getResponses()
          .addApiResponse(
              status, new ApiResponse().description(status).content(known.getContent()));
    }
  }

  private static String id(String name) {
    var id = new StringBuilder();
    for (String word : name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
      if (!word.isEmpty() && !word.equals("api") && !word.equals("v1")) {
        id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
    }
    return id.toString();
  }

  private static boolean answers(Operation operation, String type) {
    return operation.getResponses().values().stream()
        .anyMatch(
            response -> response.getContent() != null && response.getContent().containsKey(type));
  }

  private static Parameter header(String name) {
    return new Parameter().in("header").name(name).required(false).schema(new StringSchema());
  }

  /// What it is in this operation, or else everywhere.
  private void describe(String operation, Parameter parameter) {
    String name = parameter.getName();
    words
        .of(operation + " " + name)
        .or(() -> words.of("parameter " + name))
        .ifPresent(parameter::description);
  }

  private void describe(String name, String status, ApiResponse response, Operation operation) {
    words.of(name + " " + status).or(() -> words.of(status)).ifPresent(response::description);
    boolean pages =
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
            .anyMatch(parameter -> parameter.getName().equals("after"));
    boolean array =
        response.getContent() != null
            && response.getContent().values().stream()
                .map(MediaType::getSchema)
                .anyMatch(schema -> schema != null && isArray(schema));
    if (pages && array) {
      response.addHeaderObject(
          "Link",
          new Header().description(words.of("header Link").orElse("")).schema(new StringSchema()));
    }
  }

  private static boolean isArray(Schema<?> schema) {
    return "array".equals(schema.getType())
        || (schema.getTypes() != null && schema.getTypes().contains("array"));
  }

  private ApiResponse problem() {
    var media = new MediaType().schema(new Schema<>().$ref(PROBLEM));
    return new ApiResponse()
        .description(words.of("problem").orElse(""))
        .content(new Content().addMediaType("application/problem+json", media));
  }

  private void describe(Components components) {
    var problem = new Schema<Object>();
    problem.addType("object");
    problem.addProperty("type", new StringSchema());
    problem.addProperty("title", new StringSchema());
    problem.addProperty("status", new IntegerSchema());
    problem.addProperty("detail", new StringSchema());
    problem.addProperty("instance", new StringSchema());
    problem.setRequired(List.of("title", "status", "detail"));
    components.addSchemas("Problem", problem);
    components.addSecuritySchemes(
        "token",
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description(words.of("token").orElse("")));
    components.getSchemas().remove("SseEmitter");
    components
        .getSchemas()
        .forEach((name, schema) -> words.of("body " + name).ifPresent(schema::description));
  }
}

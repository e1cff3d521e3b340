package dev.modgate.watcher.notify.message;

import dev.modgate.watcher.happening.Happening;
import java.util.ArrayList;
import java.util.List;

/// 简体中文。
record Chinese() implements Words {
  @Override
  public String headline(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync ->
          switch (sync.end()) {
            case DONE -> "同步完成";
            case FAILED -> sync.contradicted() > 0 ? "安全事件：同步失败" : "同步失败";
            case CANCELLED -> "同步已取消";
          };
      case Happening.ModuleRefused refused ->
          refused.reason().isSecurity() ? "安全事件：模块被拒绝" : "模块被拒绝";
      case Happening.StageStopped stopped ->
          switch (stopped.stage()) {
            case FETCH -> "安全事件：下载环节已停止";
            case VERIFY -> "安全事件：校验环节已停止";
            case PUBLISH -> "安全事件：发布环节已停止";
          };
      case Happening.Trial _ -> "Modgate 测试消息";
    };
  }

  @Override
  public String summary(Happening.SyncEnded sync) {
    if (sync.total() == 0) {
      return "不需要任何模块。";
    }
    if (sync.inside() == sync.total()) {
      return sync.total() + " 个模块已全部进入内网。";
    }
    var missing = new ArrayList<String>();
    if (sync.contradicted() > 0) {
      missing.add(sync.contradicted() + " 个与 go.sum 不符");
    }
    if (sync.refused() > 0) {
      missing.add(sync.refused() + " 个被拒绝");
    }
    if (sync.absent() > 0) {
      missing.add(sync.absent() + " 个在所有上游都找不到");
    }
    if (sync.gaveUp() > 0) {
      missing.add(sync.gaveUp() + " 个多次重试后已放弃");
    }
    String inside = sync.total() + " 个模块中有 " + sync.inside() + " 个已进入内网";
    return missing.isEmpty() ? inside + "。" : inside + "；" + String.join("，", missing) + "。";
  }

  @Override
  public String advice(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync ->
          sync.contradicted() > 0 ? "go.sum 中的哈希与内网已有的内容不一致，内容可能被篡改。" : "";
      case Happening.ModuleRefused refused ->
          refused.reason().isSecurity() ? "内容可能被篡改。请先查明原因，再重新请求该模块。" : "";
      case Happening.StageStopped _ -> "在有人查明原因之前，不会有新模块进入内网。";
      case Happening.Trial _ -> "该通知渠道工作正常，没有发生任何事件。";
    };
  }

  @Override
  public String reason(String code) {
    return "（" + code + "）";
  }

  @Override
  public String wantedBy() {
    return "需要它的有：";
  }

  @Override
  public String owner() {
    return "负责人：";
  }

  @Override
  public String andOthers(int count) {
    return " 等，另有 " + count + " 个";
  }

  @Override
  public String more(int count) {
    return "……另有 " + count + " 个事件";
  }

  @Override
  public String moreModules(long count) {
    return "另有 " + count + " 个模块";
  }

  @Override
  public String details() {
    return "查看详情";
  }

  @Override
  public String colon() {
    return "：";
  }

  @Override
  public String comma() {
    return "、";
  }

  @Override
  public String title(Tally tally) {
    var parts = new ArrayList<String>();
    add(parts, tally.security(), " 个安全事件");
    add(parts, tally.failed(), " 个同步失败");
    add(parts, tally.refused(), " 个模块被拒绝");
    add(parts, tally.cancelled(), " 个同步已取消");
    add(parts, tally.done(), " 个同步完成");
    return "Modgate：" + String.join("，", parts);
  }

  private static void add(List<String> parts, int count, String became) {
    if (count > 0) {
      parts.add(count + became);
    }
  }
}

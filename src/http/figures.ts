import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Gauges, Meter } from '../office/metrics.ts';

/** Feishu gives up after 3 s: the bounds lie around our own promise of 100 ms (issue 3, point 3). */
const ACK_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];
const LATE_SECONDS = [1, 10, 60, 300, 900, 3600, 86_400];

/** The figures themselves, behind what `metrics.ts` loads when first needed. */
export interface Figures {
  meter: Meter;
  /** One answer to a platform. */
  ack(platform: string, status: number, seconds: number): void;
  /** The page, with `gauges` as they are now; without them those figures are left out. */
  text(gauges: Gauges | undefined): Promise<string>;
  readonly contentType: string;
}

/**
 * Counters of a registry of their own. Labels are kinds, states and status codes out of fixed lists: no id, name, path
 * or word of anybody's can become one. `process` adds memory, CPU and the event loop's delay.
 */
export function createFigures(options: { process?: boolean }): Figures {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });

  const events = counter('lianxin_events_total', '收到的事件，按种类和结果', ['kind', 'outcome']);
  const acks = counter('lianxin_acks_total', '回给平台的应答，按状态码', ['platform', 'status']);
  const ackSeconds = histogram('lianxin_ack_seconds', '收到推送到应答的时间', ['platform'], ACK_SECONDS);
  const deliveries = counter('lianxin_deliveries_total', '调用平台发送，按结果', ['platform', 'status']);
  const callSeconds = histogram('lianxin_delivery_seconds', '一次发送调用的时间', ['platform'], CALL_SECONDS);
  const retries = counter('lianxin_retries_total', '第二次及以后的发送', ['platform']);
  const givenUp = counter('lianxin_given_up_total', '不再自己重发的消息：发不出，或不确定', ['state']);
  const jobs = counter('lianxin_jobs_total', '定时任务，按结果', ['job', 'outcome']);
  const late = histogram('lianxin_job_late_seconds', '定时任务比该跑的时间晚了多少', ['job'], LATE_SECONDS);
  const depth = gauge('lianxin_outbox_messages', '现在没有送到的消息，按状态', ['state']);
  const oldest = gauge('lianxin_outbox_oldest_seconds', '该发而没发的最早一条等了多久', []);
  const up = gauge('lianxin_platform_up', '平台通不通：1通，0不通', ['platform']);
  const reconnects = counter('lianxin_platform_reconnects_total', '长连接重新接通的次数', ['platform']);
  const used = gauge('lianxin_quota_used', '本月用掉的平台额度', ['platform', 'kind']);
  const allowance = gauge('lianxin_quota_allowance', '平台每月额度，0为不限', ['platform', 'kind']);
  const forecast = gauge('lianxin_quota_forecast', '按现在的用量，本月共需多少', ['platform', 'kind']);

  function show({ outbox, oldestSeconds, platforms, quotas }: Gauges): void {
    for (const [state, count] of Object.entries(outbox)) depth.labels(state).set(count);
    oldest.set(oldestSeconds);
    // Kept by the connections themselves, read here; one that has gone since the last look shows nothing any more.
    for (const each of [reconnects, up, used, allowance, forecast]) each.reset();
    for (const each of platforms) {
      up.labels(each.name).set(each.up ? 1 : 0);
      if (each.reconnects !== undefined) reconnects.labels(each.name).inc(each.reconnects);
    }
    for (const each of quotas) {
      used.labels(each.platform, each.kind).set(each.used);
      allowance.labels(each.platform, each.kind).set(each.allowance);
      if (each.forecast !== null) forecast.labels(each.platform, each.kind).set(each.forecast);
    }
  }

  return {
    meter: {
      event: (kind, outcome) => events.labels(kind, outcome).inc(),
      delivery(platform, status, attempt, seconds) {
        deliveries.labels(platform, status).inc();
        callSeconds.labels(platform).observe(seconds);
        if (attempt > 1) retries.labels(platform).inc();
      },
      givenUp: (state) => givenUp.labels(state).inc(),
      job(name, outcome, lateSeconds) {
        jobs.labels(name, outcome).inc();
        late.labels(name).observe(lateSeconds);
      },
    },
    ack(platform, status, seconds) {
      acks.labels(platform, String(status)).inc();
      ackSeconds.labels(platform).observe(seconds);
    },
    text(gauges) {
      if (gauges) show(gauges);
      else {
        depth.reset();
        up.reset();
        oldest.set(Number.NaN);
      }
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

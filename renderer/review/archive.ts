import {
  analysisListSchema,
  driveEventSchema,
  driveLabelsSchema,
  driveListSchema,
  driveSchema,
  heatMapSchema,
  reviewSchema,
  stateSpanSchema,
  whatIfSchema,
  type Analysis,
  type AnalysisRequest,
  type Drive,
  type DriveLabels,
  type DriveList,
  type HeatMap,
  type Review,
  type ReviewState,
  type WhatIf,
} from '../../electron/contract/drives.ts'
import { unpackPredictions, type PredictionTable } from '../../electron/contract/predictionTable.ts'
import type { Millis } from '../../electron/core/frame.ts'
import type { ClassId } from '../../electron/core/labels.ts'
import type { Preset } from '../../electron/core/monitor/preset.ts'
import { z } from 'zod'
import type { DataApi } from '../shared/api/dataApi.ts'
import { parseSliced } from './slices.ts'

/** Drive and its long lists apart: thousands of events are parsed a few at a time. */
const driveFrameSchema = driveSchema.omit({ events: true, spans: true }).extend({
  events: z.array(z.unknown()),
  spans: z.array(z.unknown()),
})

const whatIfFrameSchema = whatIfSchema.extend({
  events: z.array(z.unknown()),
  spans: z.array(z.unknown()),
})

export interface PredictionQuery {
  readonly fromMs: Millis
  readonly toMs: Millis
  /** 0: every frame. */
  readonly buckets: number
}

/** The routes of recorded drives, typed. Everything may throw as `DataApi` says. */
export class Archive {
  readonly #data: DataApi

  constructor(data: DataApi) {
    this.#data = data
  }

  drives(query: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<DriveList> {
    return this.#data.get(`api/drives?${asked(query)}`, driveListSchema, signal)
  }

  async drive(id: number, signal?: AbortSignal): Promise<Drive> {
    const { events, spans, ...rest } = await this.#data.get(
      `api/drives/${id}`,
      driveFrameSchema,
      signal,
    )
    return {
      ...rest,
      events: await parseSliced(events, driveEventSchema),
      spans: await parseSliced(spans, stateSpanSchema),
    }
  }

  async predictions(
    id: number,
    query: PredictionQuery,
    signal?: AbortSignal,
  ): Promise<PredictionTable> {
    const { fromMs, toMs, buckets } = query
    const text = asked({ fromMs: `${fromMs}`, toMs: `${toMs}`, buckets: `${buckets}` })
    return unpackPredictions(await this.#data.bytes(`api/drives/${id}/predictions?${text}`, signal))
  }

  /** @returns the JPEG of the frame at that time, or the nearest before it */
  picture(id: number, tMs: Millis, width: number): Promise<ArrayBuffer> {
    return this.#data.bytes(
      `api/drives/${id}/picture?${asked({ tMs: `${tMs}`, width: `${width}` })}`,
    )
  }

  async whatIf(id: number, preset: Preset): Promise<WhatIf> {
    const { events, spans, ...rest } = await this.#data.post(
      `api/drives/${id}/what-if`,
      { preset },
      whatIfFrameSchema,
    )
    return {
      ...rest,
      events: await parseSliced(events, whatIfSchema.shape.events.element),
      spans: await parseSliced(spans, stateSpanSchema),
    }
  }

  heatMap(id: number, tMs: Millis, of: ClassId, signal?: AbortSignal): Promise<HeatMap> {
    const query = asked({ tMs: `${tMs}`, class: of })
    return this.#data.get(`api/drives/${id}/heatmap?${query}`, heatMapSchema, signal)
  }

  review(event: number, state: ReviewState, note: string): Promise<Review> {
    return this.#data.post(`api/events/${event}/review`, { state, note }, reviewSchema)
  }

  label(id: number, labels: DriveLabels): Promise<DriveLabels> {
    return this.#data.post(`api/drives/${id}/labels`, labels, driveLabelsSchema)
  }

  remove(id: number): Promise<void> {
    return this.#data.delete(`api/drives/${id}`)
  }

  async analyses(signal?: AbortSignal): Promise<readonly Analysis[]> {
    return (await this.#data.get('api/analyses', analysisListSchema, signal)).analyses
  }

  async analyse(request: AnalysisRequest): Promise<readonly Analysis[]> {
    return (await this.#data.post('api/analyses', request, analysisListSchema)).analyses
  }

  cancel(analysis: number): Promise<void> {
    return this.#data.delete(`api/analyses/${analysis}`)
  }
}

function asked(query: Readonly<Record<string, string>>): string {
  return new URLSearchParams(query).toString()
}

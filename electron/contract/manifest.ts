import { z } from 'zod'
import { CLASSES } from '../core/labels.ts'

/** The version of the format that this code reads and `models/training` writes (ADR 0003). */
const MANIFEST_SCHEMA = 'roadward-ensemble/1'

const pixels = z.int().min(1).max(8192)
const perChannel = z.tuple([z.number(), z.number(), z.number()])

/** How a frame becomes a fold's input tensor: the steps in the order in which they run. */
const preparationSchema = z.strictObject({
  /** Cut from the centre as torchvision's CenterCrop: zero padding when the picture is smaller. */
  crop: z.strictObject({ height: pixels, width: pixels }).optional(),
  mirror: z.boolean().default(false),
  resize: z
    .strictObject({
      width: pixels,
      height: pixels,
      interpolation: z.enum(['bilinear', 'bicubic', 'area']),
      /** True: as Pillow and torchvision. False: as OpenCV. */
      antialias: z.boolean(),
    })
    .refine(({ interpolation, antialias }) => !(interpolation === 'area' && antialias), {
      path: ['antialias'],
      message: 'must be false for area, which averages by nature',
    }),
  /** `gradient`: the report's Sobel step, on each channel after the resize. */
  extra: z.enum(['none', 'gradient']).default('none'),
  colorOrder: z.enum(['RGB', 'BGR']),
  /** From 0..255 to the range of `mean` and `std`; 1/255 for 0..1. */
  scale: z.number().positive(),
  /** In `colorOrder`. */
  mean: perChannel,
  /** In `colorOrder`. */
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
})

/** A network's file: its path, relative to the manifest's folder and inside it, and its hash. */
const network = {
  file: z
    .string()
    .min(1)
    .refine(staysInside, {
      message: 'must be a path inside the folder of the ensemble',
      params: { code: 'model-path-outside' },
    }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
}

const foldSchema = z
  .strictObject({
    name: z.string().min(1),
    ...network,
    /**
     * The fold's first layers in a file of their own, which takes `input`; the fold's `file` then
     * takes what they give. Folds of the same backbone and preparation share its run (ADR 0009).
     */
    trunk: z
      .strictObject({
        ...network,
        output: z.strictObject({
          name: z.string().min(1),
          /** Batch, channels, height, width. */
          shape: z.tuple([z.literal(1), pixels, pixels, pixels]),
        }),
      })
      .optional(),
    input: z.strictObject({
      name: z.string().min(1),
      /** Batch, channels, height, width. */
      shape: z.tuple([z.literal(1), z.literal(3), pixels, pixels]),
      dtype: z.literal('float32'),
      layout: z.literal('NCHW'),
    }),
    preparation: preparationSchema,
    output: z.strictObject({
      name: z.string().min(1),
      kind: z.enum(['logits', 'probabilities']),
    }),
    weight: z.number().positive().default(1),
    /** Drivers of the training set that this fold has not seen. */
    validDrivers: z.array(z.string()).default([]),
    metrics: z
      .looseObject({
        accuracy: z.number().optional(),
        logLoss: z.number().optional(),
        images: z.number().optional(),
      })
      .optional(),
  })
  .superRefine(({ input, preparation }, context) => {
    const [, , height, width] = input.shape
    const { resize } = preparation
    if (resize.height === height && resize.width === width) return
    context.addIssue({
      code: 'custom',
      path: ['preparation', 'resize'],
      message: `is ${resize.height}x${resize.width} (height x width), but input.shape asks for ${height}x${width}`,
    })
  })

/** `models/<id>/manifest.json`: the folds of an ensemble, their files and how to feed them. */
export const manifestSchema = z.strictObject({
  schema: z.literal(MANIFEST_SCHEMA),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be small letters, digits, ".", "_" or "-"'),
  version: z.string().min(1),
  title: z.string().min(1),
  classes: z.array(z.string()).refine((classes) => classes.join() === CLASSES.join(), {
    message: `must be ${CLASSES.join(', ')}, in this order`,
    params: { code: 'classes-out-of-order' },
  }),
  combination: z.enum(['mean-probabilities', 'mean-logits', 'geometric']),
  /** p ∝ combined^(1/T), after combining, whatever the combination. */
  temperature: z.number().positive().default(1),
  folds: z.array(foldSchema).min(1).superRefine(uniqueNames),
  training: z
    .looseObject({ data: z.string().optional(), licence: z.string().optional() })
    .optional(),
})

/** A checked manifest, defaults filled in. */
export type Manifest = z.output<typeof manifestSchema>
export type ManifestFold = Manifest['folds'][number]
export type ManifestPreparation = ManifestFold['preparation']

/** Lexical check only; the loader also resolves links before it opens the file. */
function staysInside(file: string): boolean {
  const absolute = /^([/\\]|[a-z]:)/i.test(file)
  return !absolute && !file.split(/[/\\]/).includes('..')
}

function uniqueNames(
  folds: readonly { readonly name: string }[],
  context: z.core.$RefinementCtx,
): void {
  folds.forEach(({ name }, index) => {
    const first = folds.findIndex((fold) => fold.name === name)
    if (first === index) return
    context.addIssue({
      code: 'custom',
      path: [index, 'name'],
      message: `is already the name of fold number ${first + 1}`,
      params: { code: 'fold-name-duplicate' },
    })
  })
}

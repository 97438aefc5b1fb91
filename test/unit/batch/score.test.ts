import { describe, expect, it } from 'vitest'
import { scoreSubmission } from '../../../electron/batch/scoreSubmission.ts'
import { fileOf, HEADER, row } from './files.ts'

/** The example of scikit-learn's `log_loss`: 0.21616... */
const SCIKIT = [
  HEADER,
  row('a.jpg', 0.1, 0.9),
  row('b.jpg', 0.9, 0.1),
  row('c.jpg', 0.8, 0.2),
  row('d.jpg', 0.35, 0.65),
]
const TRUTH = ['img,classname', 'a.jpg,c1', 'b.jpg,c0', 'c.jpg,c0', 'd.jpg,c1']

const score = async (submission: readonly string[], truth: readonly string[]) =>
  scoreSubmission(await fileOf(submission), await fileOf(truth))

describe('the score of a submission', () => {
  it('agrees with scikit-learn', async () => {
    const { images, accuracy, logLoss, perClass } = await score(SCIKIT, TRUTH)
    expect({ images, accuracy }).toEqual({ images: 4, accuracy: 1 })
    expect(logLoss).toBeCloseTo(0.21616187468057912, 12)
    expect(perClass.slice(0, 3).map((own) => own.logLoss)).toEqual([
      expect.closeTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12),
      expect.closeTo(-(Math.log(0.9) + Math.log(0.65)) / 2, 12),
      undefined,
    ])
  })

  it('rescales rows and clips what was ruled out, as Kaggle does', async () => {
    const rows = [HEADER, row('a.jpg', 2, 6), row('b.jpg', 0, 1)]
    const { logLoss } = await score(rows, ['img,classname', 'a.jpg,c1', 'b.jpg,c0'])
    expect(logLoss).toBeCloseTo(-(Math.log(0.75) + Math.log(1e-15)) / 2, 9)
  })

  it('reads driver_imgs_list.csv and counts what does not match', async () => {
    const list = ['subject,classname,img', 'p002,c1,a.jpg', 'p002,c0,b.jpg', 'p012,c5,z.jpg']
    const result = await score(SCIKIT, list)
    expect(result).toMatchObject({ images: 2, withoutTruth: 2, notSubmitted: 1 })
  })

  it.each([
    ['a submission without header', [row('a.jpg', 1)], TRUTH, /line 1: it should read "img,c0,/],
    ['a row that is short', [HEADER, 'a.jpg,0.1'], TRUTH, /line 2: it has 2 values instead of 11/],
    ['a picture twice', [...SCIKIT, row('a.jpg', 1)], TRUTH, /line 6: it names a.jpg for the sec/],
    ['an empty submission', [HEADER], TRUTH, /should name the first picture/],
    ['a truth without columns', SCIKIT, ['a.jpg,c1'], /line 1: it should name the columns/],
    ['a truth of another class', SCIKIT, ['img,classname', 'a.jpg,c12'], /no class from c0 to c9/],
    ['a truth twice', SCIKIT, [...TRUTH, 'a.jpg,c0'], /line 6: it names a.jpg for the second/],
    [
      'a truth of other pictures',
      SCIKIT,
      ['img,classname', 'x.jpg,c0'],
      /No picture of .* has a truth/,
    ],
  ])('refuses %s', async (_, submission, truth, message) => {
    await expect(score(submission, truth)).rejects.toThrow(message)
  })

  it('names a file that is not there', async () => {
    await expect(scoreSubmission('/nowhere/a.csv', await fileOf(TRUTH))).rejects.toMatchObject({
      code: 'csv-unreadable',
      message: expect.stringContaining('/nowhere/a.csv') as unknown,
    })
  })
})

import { describe, expect, it } from 'vitest'
import {
  parseStateFarmList,
  rowsByDriver,
} from '../../../../electron/engine/capture/stateFarmList.ts'

const parse = (text: string) => parseStateFarmList(text, 'list.csv').rows

describe('driver_imgs_list.csv', () => {
  it('is read as Kaggle wrote it, with either line end and a byte order mark', () => {
    expect(
      parse('\uFEFFsubject,classname,img\r\np002,c0,img_1.jpg\r\np012,c9,img_2.jpg\r\n'),
    ).toEqual([
      { driver: 'p002', truth: 'c0', image: 'img_1.jpg' },
      { driver: 'p012', truth: 'c9', image: 'img_2.jpg' },
    ])
  })

  it('keeps the order of the list within and among drivers', () => {
    const rows = parse('subject,classname,img\np9,c1,b\np2,c0,a\np9,c0,c\n')
    expect(
      [...rowsByDriver(rows)].map(([driver, own]) => [driver, own.map((r) => r.image)]),
    ).toEqual([
      ['p9', ['b', 'c']],
      ['p2', ['a']],
    ])
  })

  it('is read as spreadsheets write it', () => {
    const rows = [{ driver: 's001', truth: 'c0', image: 'a.jpg' }]
    expect(parse('"subject","classname","img"\n"s001","c0","a.jpg"\n')).toEqual(rows)
    expect(parse('subject, classname, img\ns001,c0,a.jpg\n')).toEqual(rows)
    expect(parse('img,subject,classname,note\na.jpg,s001,c0,"late, dark"\n')).toEqual(rows)
  })

  it('counts a picture once that it names twice, and refuses what contradicts itself', () => {
    const list = 'subject,classname,img\np1,c0,a\np1,c1,b\np1,c0,a\n'
    expect(parseStateFarmList(list, 'list.csv')).toMatchObject({
      rows: [{ image: 'a' }, { image: 'b' }],
      repeated: 1,
    })
    expect(() => parse(`${list}p2,c0,b\n`)).toThrow(
      'list.csv, line 5: it says something else of b than a line before (p1,c1).',
    )
  })

  it('tells the line of a quote that does not end', () => {
    expect(() => parse('subject,classname,img\np1,c0,"a\n')).toThrow(/^list.csv, line \d/)
  })

  it.each([
    ['', 'list.csv, line 1: it should read "subject,classname,img" but reads "".'],
    ['a,b\n', 'list.csv, line 1: it should read "subject,classname,img" but reads "a,b".'],
    [
      'subject,classname,img\n',
      'list.csv, line 2: it should name the first picture, but the list ends.',
    ],
    [
      'subject,classname,img\np002,c0,a.jpg\np002,c0\n',
      'list.csv, line 3: it should have three values (subject,classname,img) but reads "p002,c0".',
    ],
    [
      'subject,classname,img\np002,c10,a.jpg\n',
      'list.csv, line 2: it names the class "c10", which is not c0 to c9.',
    ],
    [
      'subject,classname,img\np002,c0,../../secret.jpg\n',
      'list.csv, line 2: it names a file with a folder, "../../secret.jpg".',
    ],
  ])('%j is refused with the line', (text, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'statefarm-csv', message }))
  })
})

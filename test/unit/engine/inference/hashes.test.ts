import { describe, expect, it } from 'vitest'
import { fileHashes, hashOf } from '../../../../electron/engine/inference/hashes.ts'
import { sha256 } from './support/ensembleFolder.ts'

const [head = '', trunk = '', other = ''] = ['head', 'trunk', 'other'].map((text) => sha256(text))

const after = (hash: string): Parameters<typeof hashOf>[0] => ({
  sha256: head,
  trunk: {
    file: 'trunk.onnx',
    sha256: hash,
    output: { name: 'features', shape: [1, 2, 1, 2] },
  },
})

describe('what tells a fold from another', () => {
  it('is the hash of its file', () => {
    expect(hashOf({ sha256: head, trunk: undefined })).toBe(head)
    expect(fileHashes(head)).toEqual([head])
  })

  it('and the hash of its trunk: the same file after another trunk is another fold', () => {
    const hash = hashOf(after(trunk))

    expect(hash).not.toBe(hashOf(after(other)))
    expect(fileHashes(hash)).toEqual([head, trunk])
  })
})

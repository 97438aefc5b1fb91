import { WORDS } from '../../../contract/words/words.ts'
import type { Evidence } from './evidence.ts'

/** What a person without Roadward needs to know, in both languages. */
export function readMe({ event, drive, faces, clip }: Evidence, fingerprint: string): string {
  const [en, zh] = [WORDS.en.class[event.class], WORDS.zh.class[event.class]]
  const { name } = drive.summary.source
  const seconds = (event.tMs / 1000).toFixed(1)
  const pictures = {
    omit: ['Pictures were left out.', '不含画面。'],
    blur: [
      'Pictures are coarsened beyond recognition where heads are, and reduced elsewhere.',
      '画面中头部所在区域已模糊到无法辨认，其余部分也已降低清晰度。',
    ],
    keep: ['Pictures show people as they are.', '画面未经处理，可辨认人物。'],
  }[clip.length === 0 ? 'omit' : faces]
  return `Roadward evidence bundle
========================

Alert ${event.id} (${event.level}, ${en}) at ${seconds} s of the drive ${name}.
${pictures[0] ?? ''}

event.json             the alert, why it rose (rule, threshold, timers, probabilities, folds), its review
predictions.csv        what the networks said of every frame around it
clip.avi, clip.csv     the pictures, playable in any player, and their exact times (if they are included)
preset.json            the alert timing that was in force
drive.json             recording, networks and their SHA-256, program version
ensemble-manifest.json how the networks were made and fed (if they are still installed)
bundle.json            who made this bundle, and when
SHA256SUMS, .sig       hash of every file, and the signature over that list

To check it with Roadward:   roadward verify BUNDLE.zip
To check it without:         sha256sum --check SHA256SUMS
                             openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin \\
                               -in SHA256SUMS -sigfile SHA256SUMS.sig

Signed by the key with the fingerprint
  ${fingerprint}
A valid signature proves that nothing was changed since the holder of that key signed. Compare the
fingerprint with that of the installation (roadward key), sent over a separate channel. It does not
prove that the clock was right, that the recording was genuine, or that the networks judged well.

Roadward 证据包
===============

警报 ${event.id}（${zh}），发生在行程 ${name} 的第 ${seconds} 秒。
${pictures[1] ?? ''}

用 Roadward 核验：roadward verify 文件名.zip
签名有效，说明自该密钥的持有者签名以来内容未被改动。请通过其他途径核对上面的密钥指纹
（在原安装上运行 roadward key）。签名不能证明时钟准确、录像真实，也不能证明网络判断正确。
`
}

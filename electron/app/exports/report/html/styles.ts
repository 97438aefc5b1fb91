/**
 * The day colours of the screen (renderer/app/theme/tokens.css) on paper; fonts of the reader's own
 * system, also for Chinese. A4 with numbered pages when printed.
 */
export const STYLES = `
:root {
  --text: #0f161c; --mute: #55616d; --line: #d5dde4; --soft: #f3f5f7;
  --safe: #08795a; --caution: #8f5c00; --warning: #b84d00; --critical: #c4192b;
  --unsure: #4257c9; --blind: #4c5864;
}
@page {
  size: A4; margin: 15mm 14mm 16mm;
  @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt system-ui, sans-serif; color: #55616d; }
}
* { box-sizing: border-box; margin: 0; }
html {
  color: var(--text); background: #fff; -webkit-print-color-adjust: exact; print-color-adjust: exact;
  font: 10pt/1.45 system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans SC',
    'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif;
  font-variant-numeric: tabular-nums;
}
body { max-width: 182mm; margin: 0 auto; }
@media screen { html { background: #e7ebef; } body { max-width: 210mm; padding: 15mm 14mm; background: #fff; } }
header { border-top: 3pt solid var(--text); padding-top: 5mm; }
.brand { display: flex; align-items: center; gap: 2mm; color: var(--mute); font-size: 9pt; letter-spacing: .02em; }
.brand svg { width: 5mm; height: 5mm; }
.brand span { margin-left: auto; letter-spacing: 0; }
h1 { font-size: 23pt; line-height: 1.15; font-weight: 650; letter-spacing: -.01em; margin-top: 7mm; overflow-wrap: anywhere; }
.kind { color: var(--mute); font-size: 11pt; margin-top: 1mm; }
h2 { font-size: 12.5pt; font-weight: 650; margin: 8mm 0 2.5mm; break-after: avoid; }
.caption { color: var(--mute); font-size: 8.5pt; line-height: 1.4; margin: 0 0 2mm; max-width: 165mm; break-after: avoid; break-inside: avoid; }
.facts { display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm; margin-top: 5mm; }
.facts div { display: flex; gap: 3mm; border-top: .5pt solid var(--line); padding: 1.2mm 0; font-size: 9pt; min-width: 0; }
.facts dt { color: var(--mute); flex: 0 0 28mm; }
.facts dd { min-width: 0; overflow-wrap: anywhere; }
.facts .wide { grid-column: 1 / -1; }
.facts code { font-size: 8pt; }
.keys { display: grid; grid-template-columns: repeat(6, 1fr); border-top: 1pt solid var(--text); border-bottom: .5pt solid var(--line); }
.keys div { padding: 2.2mm 2mm 2.4mm 0; min-width: 0; }
.keys div + div { border-left: .5pt solid var(--line); padding-left: 2.5mm; }
.keys dt { font-size: 8pt; color: var(--mute); line-height: 1.25; min-height: 2.5em; }
.keys dd { font-size: 17pt; font-weight: 650; line-height: 1.2; white-space: nowrap; }
.keys dd small { font-size: 8.5pt; font-weight: 500; margin-left: .6mm; }
.keys p { font-size: 8pt; color: var(--mute); line-height: 1.25; }
.legend { color: var(--mute); font-size: 8.5pt; margin-top: 2mm; } .legend span { white-space: nowrap; margin-right: 5mm; }
.dash { display: inline-block; width: 6mm; border-top: 1pt dashed var(--critical); margin-right: 1.6mm; vertical-align: 1mm; }
.lead { margin-bottom: 1.5mm; break-after: avoid; }
.two { display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm; margin-top: 8mm; }
.two h2 { margin-top: 0; }
.chart + table, .keep + table { margin-top: 3mm; }
.two > section { min-width: 0; }
.keep { break-inside: avoid; }
table { width: 100%; border-collapse: collapse; font-size: 8.8pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; font-weight: 550; color: var(--mute); font-size: 8pt; vertical-align: bottom; border-bottom: .75pt solid var(--text); padding: 1mm 2mm 1mm 0; line-height: 1.25; }
td { border-bottom: .5pt solid var(--line); padding: 1.1mm 2mm 1.1mm 0; vertical-align: top; overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
.n + td:not(.n), .n + th:not(.n) { padding-left: 3mm; }
tr.sum td { font-weight: 650; border-bottom: none; border-top: .75pt solid var(--text); }
td .sub { padding-left: 4mm; color: var(--mute); }
td p { color: var(--mute); font-size: 8.2pt; }
.swatch { display: inline-block; width: 2.6mm; height: 2.6mm; border-radius: .5mm; margin-right: 1.6mm; vertical-align: -.2mm; }
.swatch.safe, .state.safe { background: var(--safe); fill: #8fc4b3; } .swatch.safe { background: #8fc4b3; }
.swatch.unsafe, .state.unsafe { background: var(--critical); fill: var(--critical); }
.swatch.unsure, .state.unsure { background: #9aa6e0; fill: #9aa6e0; }
.swatch.blind, .state.blind { background: var(--text); fill: var(--text); }
.state-word { white-space: nowrap; }
.level { font-weight: 650; white-space: nowrap; }
.level.caution { color: var(--caution); } .level.warning { color: var(--warning); } .level.critical { color: var(--critical); }
.chart { display: block; width: 100%; height: auto; break-inside: avoid; font: 10px system-ui, -apple-system, 'Segoe UI', Arial, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro Hei', sans-serif; }
.grid { stroke: #e4e9ed; stroke-width: 1; } .axis { stroke: #55616d; stroke-width: 1; }
.tick { fill: #55616d; } .label { fill: #0f161c; font-size: 10.5px; } .value { fill: #0f161c; font-size: 10px; font-weight: 600; }
.curve { fill: none; stroke: #0f161c; stroke-width: 1.1; stroke-linejoin: round; } .area { fill: #0f161c; opacity: .08; }
.limit { stroke: var(--critical); stroke-width: 1; stroke-dasharray: 4 3; }
.number { fill: #0f161c; font-size: 9px; font-weight: 600; }
.mark.caution { fill: var(--caution); } .mark.warning { fill: var(--warning); } .mark.critical { fill: var(--critical); }
.bar { fill: #55616d; } .dot { fill: #55616d; } .median { stroke: var(--critical); stroke-width: 1.5; }
.pictures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4mm; }
figure { break-inside: avoid; } figure img, figure .none { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: cover; border: .5pt solid var(--line); }
figure .none { display: grid; place-items: center; color: var(--mute); background: var(--soft); font-size: 8.5pt; }
figcaption { font-size: 8.2pt; margin-top: 1mm; line-height: 1.3; } figcaption span { color: var(--mute); }
ul { padding-left: 4mm; font-size: 8.8pt; } li { margin-bottom: 1mm; }
footer { margin-top: 8mm; border-top: .5pt solid var(--line); padding-top: 2mm; color: var(--mute); font-size: 8pt; }
`

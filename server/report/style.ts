import { fileColours, fileStyle } from '../diagram/palette.js';

/** Colours of the page, which are those of the picture; paper is light. */
const page = (theme: 'auto' | 'light') => fileColours(theme).replaceAll('.tsbtopo-picture', ':root');

const onScreen = `
*{box-sizing:border-box}
html{scroll-padding-top:3.2rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--text);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Inter,"Helvetica Neue",Arial,sans-serif;color-scheme:light dark}
main,header{max-width:1240px;margin:0 auto;padding:0 28px}
header{padding-top:34px}
h1{font-size:30px;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:21px;margin:52px 0 12px;padding-top:14px;border-top:1px solid var(--line)}
h3{font-size:16.5px;margin:0 0 2px;line-height:1.35}
h4{font-size:11.5px;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);margin:16px 0 4px;font-weight:650}
p{margin:0 0 8px;max-width:78ch}
a{color:var(--traffic);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--traffic);outline-offset:2px;border-radius:2px}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--chip);border-radius:4px;padding:.08em .32em;overflow-wrap:anywhere}
.dim{color:var(--dim)}
.skip{position:absolute;left:-999px}
.skip:focus{left:12px;top:12px;background:var(--surface);padding:6px 12px;z-index:9}
nav{position:sticky;top:0;background:var(--surface);border-bottom:1px solid var(--line);z-index:5;margin-top:22px}
nav ul{max-width:1240px;margin:0 auto;padding:9px 28px;list-style:none;display:flex;gap:6px 20px;flex-wrap:wrap}
.note{border-left:4px solid var(--warn);background:var(--warn-tint);padding:9px 14px;border-radius:0 6px 6px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;list-style:none;margin:18px 0 10px;padding:0}
.tiles li{border:1px solid var(--line);border-radius:10px;padding:11px 14px;line-height:1.35;background:var(--card)}
.tiles b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
.picture{margin:0;overflow:auto}
.picture svg{max-width:100%;height:auto;display:block;margin:0 auto}
table{border-collapse:collapse;font-size:13.5px;line-height:1.4}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
thead th{color:var(--dim);font-weight:600;font-size:12.5px}
.wide{width:100%}
.rule code{white-space:nowrap}
.scroll{overflow:auto;max-height:82vh;border:1px solid var(--line);border-radius:8px}
/* signs: a shape for each, and the word for whoever cannot see it */
.s,.m td[class]{font-size:0}
.s::before,.m td[class]::before{font:14px/1 "Segoe UI Symbol","Noto Sans Symbols2","DejaVu Sans",system-ui,sans-serif}
.s{display:inline-block;min-width:1.35rem}
.t::before{content:"\\2716\\fe0e";color:var(--bad)}
.l::before{content:"\\26a0\\fe0e";color:var(--warn)}
.f::before{content:"\\25d0";color:var(--good)}
.o::before{content:"\\2699\\fe0e";color:var(--configuration)}
.p::before{content:"\\25cc";color:var(--dim)}
.n::before{content:"\\2713";color:var(--good)}
.m{border-collapse:separate;border-spacing:0;font-size:12.5px}
.m th,.m td{padding:3px 6px;border-bottom:1px solid var(--line);white-space:nowrap}
.m td{text-align:center;border-left:1px solid color-mix(in srgb,var(--line) 45%,transparent);min-width:27px;padding:3px 0}
.m td.h{text-align:left;font-size:12px;padding:3px 10px;max-width:21rem;overflow:hidden;text-overflow:ellipsis;border-left:0}
.m td.h::before{content:none}
.m td.t{background:var(--bad-tint)}.m td.l{background:var(--warn-tint)}.m td.f{background:var(--good-tint)}
.m thead th{position:sticky;top:0;background:var(--surface);z-index:2;vertical-align:bottom;border-bottom:2px solid var(--border)}
.m thead th.v{padding:6px 0;text-align:center;font-weight:500;max-width:30px}
.m thead th.v span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:13rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;display:inline-block}
.m tbody th[scope=row]{position:sticky;left:0;background:var(--surface);z-index:1;font-weight:500;max-width:19rem;overflow:hidden;text-overflow:ellipsis}
.m thead th:first-child{left:0;z-index:3}
.m .group th{position:sticky;left:0;background:var(--chip);font-weight:650;font-size:12.5px;padding:6px 8px}
.m tbody tr:hover th[scope=row],.m tbody tr:hover td:not([class]),.m tbody tr:hover td.h{background:var(--chip)}
.failure{border:1px solid var(--line);border-radius:10px;padding:16px 20px 14px;margin:0 0 18px;background:var(--card)}
.failure .headline{font-size:15px;margin:2px 0 10px}
.failure ul,.failure ol{margin:0;padding-left:1.25rem}
.failure li{margin:2px 0}
.failure ul.plain{list-style:none;padding:0}
.failure .back{float:right;font-size:12.5px}
.cols{column-width:340px;column-gap:36px}.cols li{break-inside:avoid}
.time{list-style:none;padding:0!important;border-left:2px solid var(--line);margin-left:5px!important}
.time li{padding-left:14px;position:relative}
.time li::before{content:"";position:absolute;left:-5px;top:.62em;width:8px;height:8px;border-radius:50%;background:var(--surface);border:2px solid var(--dim);box-sizing:border-box}
.ops{width:100%}.ops th{font-weight:600;white-space:nowrap}.ops td:nth-child(2){white-space:nowrap}
footer{max-width:1240px;margin:50px auto 0;padding:16px 28px 40px;border-top:1px solid var(--line);color:var(--dim);font-size:13px}`;

const onPaper = `
@page{size:A4;margin:14mm}
@page matrix{size:A4 landscape}
@media print{
body{font-size:10pt}
.skip,.back{display:none}
nav{position:static;border:0}nav ul{display:block;max-width:none;padding:6px 0}nav li{margin:3px 0}
main,header,footer{max-width:none;padding:0}
h2{break-after:avoid;margin-top:22px}h3,h4,h2+p{break-after:avoid}
.failure{break-inside:auto;border:0;border-top:1px solid var(--border);border-radius:0;padding:10px 0 0}
.tiles{grid-template-columns:repeat(6,1fr);gap:6px}.tiles li{padding:7px 8px}.tiles b{font-size:17px}
.picture{overflow:visible;break-inside:avoid}.picture svg{max-height:235mm}
.wide th[scope=row]{min-width:48mm}.wide .rule,.wide td:last-child{width:1%}
.rule code{white-space:normal;overflow-wrap:normal}
.scroll{max-height:none;overflow:visible;border:0}
.m{font-size:6.5pt;width:100%}.m td{min-width:0}
.m td[class]::before{font-size:7pt}
.m thead th,.m tbody th[scope=row],.m .group th{position:static}
.m thead th{font-size:6.5pt}
.m .group{break-after:avoid}
.m td.h{white-space:normal;font-size:6.5pt;min-width:45mm}
.m td.h+td.h{min-width:0}
.m tbody th[scope=row]{white-space:normal;overflow-wrap:anywhere;min-width:32mm;max-width:38mm}
thead{display:table-header-group}tr{break-inside:avoid}
.matrix{page:matrix;break-before:page}
.failures{break-before:page}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:inherit}
}`;

/** The style sheet of a report: the same for every estate. */
export const reportStyle = [
    page('auto'),
    fileStyle('auto'),
    onScreen.trim(),
    onPaper.trim(),
    `@media print{${page('light')}${fileColours('light')}}`,
].join('\n');

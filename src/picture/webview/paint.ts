/** More points than this no browser draws. */
const most = 16_000;

/** A picture in SVG as a PNG, in base64; empty where it cannot be drawn. */
export async function painted(svg: string, scale: number): Promise<string> {
    const image = new Image();
    const loaded = new Promise<boolean>((done) => {
        image.addEventListener('load', () => done(true));
        image.addEventListener('error', () => done(false));
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    if (!(await loaded)) return '';
    const factor = Math.min(scale, most / image.width, most / image.height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * factor);
    canvas.height = Math.round(image.height * factor);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

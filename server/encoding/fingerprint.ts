/** FNV-1a of 64 bits in hexadecimal digits: it tells texts apart that differ by accident, and keeps nobody from anything. */
export function fingerprint(text: string): string {
    const [prime, mask] = [0x100000001b3n, 0xffffffffffffffffn];
    let hash = 0xcbf29ce484222325n;
    for (let at = 0; at < text.length; at++) hash = ((hash ^ BigInt(text.charCodeAt(at))) * prime) & mask;
    return hash.toString(16).padStart(16, '0');
}

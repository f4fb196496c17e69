// An authenticator app: what a person's phone does with the key of two-step verification.
import { createHmac } from 'node:crypto';

// RFC 6238 with SHA-1, 6 digits and 30 seconds.
export function codeOf(key, at = Date.now()) {
    let bits = '';
    for (const letter of key.replaceAll(' ', '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
    const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
    const hash = createHmac('sha1', secret).update(step).digest();
    const offset = hash[19] & 15;
    return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// The key that the set-up page shows.
export const keyOn = (page) => /<code class="key"[^>]*>([A-Z2-7 ]+)</.exec(page)[1];

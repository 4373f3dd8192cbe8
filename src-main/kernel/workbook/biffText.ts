/** Code pages of workbooks before Unicode, by the names that decoders know them under. */
const pages: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  10_000: 'macintosh',
  32_768: 'macintosh',
  54_936: 'gb18030',
  65_001: 'utf-8',
}

export function pageDecoder(page: number): InstanceType<typeof TextDecoder> {
  const name = pages[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252')
  return new TextDecoder(name)
}

/** Thrown where a record ends before its text does. */
export class BiffCut extends Error {}

/** A record with its CONTINUE records: a text may go on in the next, which then tells anew how wide its characters are. */
export class BiffText {
  private readonly parts: readonly Buffer[]
  private part = 0
  private at: number

  constructor(parts: readonly Buffer[], at: number) {
    this.parts = parts
    this.at = at
  }

  get ended(): boolean {
    while (this.part < this.parts.length && this.at >= this.current.length) this.next()
    return this.part >= this.parts.length
  }

  private get current(): Buffer {
    return this.parts[this.part] as Buffer
  }

  private next(): void {
    this.at -= this.current.length
    this.part++
  }

  u8(): number {
    if (this.ended) throw new BiffCut()
    return this.current[this.at++] as number
  }

  u16(): number {
    return this.u8() | (this.u8() << 8)
  }

  private u32(): number {
    return (this.u16() | (this.u16() << 16)) >>> 0
  }

  private skip(count: number): void {
    this.at += count
    void this.ended
  }

  /** Bytes in the workbook's code page, as all texts were before BIFF8. */
  bytes(count: number, decoder: InstanceType<typeof TextDecoder>): string {
    const pieces: Buffer[] = []
    for (let left = count; left > 0; ) {
      if (this.ended) throw new BiffCut()
      const piece = this.current.subarray(this.at, this.at + left)
      pieces.push(piece)
      this.at += piece.length
      left -= piece.length
    }
    return decoder.decode(Buffer.concat(pieces))
  }

  /** A Unicode text of so many characters: its flags, how many runs and readings follow it, then the characters. */
  unicode(count: number): string {
    const flags = this.u8()
    const runs = (flags & 8) === 0 ? 0 : this.u16()
    const readings = (flags & 4) === 0 ? 0 : this.u32()
    let wide = (flags & 1) === 1
    let text = ''
    for (let left = count; left > 0; ) {
      if (this.at >= (this.parts[this.part]?.length ?? 0)) {
        if (this.ended) throw new BiffCut()
        wide = (this.u8() & 1) === 1
        continue
      }
      const size = wide ? 2 : 1
      const fits = Math.min(left, Math.floor((this.current.length - this.at) / size))
      const end = this.at + fits * size
      text += this.current.toString(wide ? 'utf16le' : 'latin1', this.at, end)
      // Half a character at the end of a record is nothing.
      this.at = fits === 0 ? this.current.length : end
      left -= fits
    }
    this.skip(runs * 4 + readings)
    return text
  }
}

const SIDE = 800 // px: larger than any size that the server stores, and much smaller than photos
const QUALITY = 0.9

export const ACCEPTED = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** Crops an image. Throws a DOMException if the browser cannot decode the file. */
export async function cropImage(file: Blob, area: Area): Promise<File> {
  const image = await createImageBitmap(file)
  try {
    const side = Math.min(SIDE, Math.round(area.width))
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = side
    canvas.getContext('2d')?.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, side, side)
    const blob = await encodeImage(canvas)
    return new File([blob], 'picture', { type: blob.type })
  } finally {
    image.close()
  }
}

/** Encodes as WebP. Browsers without WebP encoding create a PNG. */
function encodeImage(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be encoded.'))),
      'image/webp',
      QUALITY,
    )
  })
}

export async function isImage(file: Blob): Promise<boolean> {
  if (!ACCEPTED.includes(file.type)) return false
  try {
    const image = await createImageBitmap(file)
    image.close()
    return true
  } catch {
    return false
  }
}

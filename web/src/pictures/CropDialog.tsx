import 'react-easy-crop/react-easy-crop.css'

import { type JSX, useState } from 'react'
import Cropper from 'react-easy-crop'

import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/overlays/Dialog'
import { Problem } from '@/ui/Notice'

import css from './CropDialog.module.css'
import { type Area, cut } from './cropImage'
import { useAddress } from './useObjectUrl'

const MAX_ZOOM = 4

interface CroppingProps {
  file: File
  onDone: (picture: File) => void
  onCancel: () => void
}

/** Which square of a picture is to be seen: moved by dragging or the arrow keys, sized by the slider, wheel or pinch. */
export default function Cropping({ file, onDone, onCancel }: CroppingProps): JSX.Element | null {
  const address = useAddress(file)
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [area, setArea] = useState<Area | null>(null)
  const [hasFailed, setFailed] = useState(false)

  const finish = async (): Promise<void> => {
    if (!area) return
    try {
      onDone(await cut(file, area))
    } catch {
      setFailed(true)
    }
  }
  return (
    <Dialog title="Choose what is seen" onClose={onCancel}>
      <div className={css.stage}>
        {address && (
          <Cropper
            image={address}
            crop={crop}
            zoom={zoom}
            maxZoom={MAX_ZOOM}
            aspect={1}
            cropShape="round"
            showGrid={false}
            disableAutomaticStylesInjection
            onCropChange={setCrop}
            onZoomChange={setZoom}
            onCropComplete={(_, pixels) => setArea(pixels)}
            cropperProps={{ 'aria-label': 'The part that is seen; arrow keys move it' }}
          />
        )}
      </div>
      <div className={css.foot}>
        <label className={css.zoom}>
          Size
          <input
            type="range"
            min={1}
            max={MAX_ZOOM}
            step={0.05}
            value={zoom}
            onChange={(event) => setZoom(event.currentTarget.valueAsNumber)}
          />
        </label>
        {hasFailed && <Problem>This picture cannot be read. Choose another one.</Problem>}
        <div className={css.actions}>
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
          <Button look="strong" disabled={!area} onClick={() => void finish()}>
            Use it
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

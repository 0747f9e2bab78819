import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import 'react-easy-crop/react-easy-crop.css'

import { type JSX, useState } from 'react'
import Cropper from 'react-easy-crop'

import { Button } from '@/ui/Button'
import { FormProblem } from '@/ui/Notice'
import { Dialog } from '@/ui/overlays/Dialog'

import css from './CropDialog.module.css'
import { type Area, cropImage } from './cropImage'
import { useObjectUrl } from './useObjectUrl'

const MAX_ZOOM = 4

interface CropDialogProps {
  file: File
  onDone: (picture: File) => void
  onClose: () => void
}

/** Crops a picture to a square. Users move it by dragging or the arrow keys, and zoom with the slider, wheel or pinch. */
export default function CropDialog({ file, onDone, onClose }: CropDialogProps): JSX.Element | null {
  const url = useObjectUrl(file)
  const [crop, setCrop] = useState({ x: 0, y: 0 })
  const [zoom, setZoom] = useState(1)
  const [area, setArea] = useState<Area | null>(null)
  const [hasFailed, setFailed] = useState(false)

  const finish = async (): Promise<void> => {
    if (!area) return
    try {
      onDone(await cropImage(file, area))
    } catch {
      setFailed(true)
    }
  }
  return (
    <Dialog title={t`Crop your picture`} onClose={onClose}>
      <div className={css.cropArea}>
        {url && (
          <Cropper
            image={url}
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
            cropperProps={{ 'aria-label': t`Crop area. Move it with the arrow keys.` }}
          />
        )}
      </div>
      <div className={css.foot}>
        <label className={css.zoom}>
          <Trans>Zoom</Trans>
          <input
            type="range"
            min={1}
            max={MAX_ZOOM}
            step={0.05}
            value={zoom}
            onChange={(event) => setZoom(event.currentTarget.valueAsNumber)}
          />
        </label>
        {hasFailed && (
          <FormProblem>
            <Trans>This picture cannot be read. Choose another one.</Trans>
          </FormProblem>
        )}
        <div className={css.actions}>
          <Button look="quiet" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="strong" disabled={!area} onClick={() => void finish()}>
            <Trans>Use picture</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

import { useRef } from 'react';
import { Button, type ButtonLook } from './button.tsx';

/** A button that lets one choose files; with `capture` a phone opens its camera. */
export function PickButton({
  label,
  icon,
  accept,
  capture,
  multiple,
  disabled,
  onPick,
}: Pick<ButtonLook, 'icon'> & {
  label: string;
  accept: string;
  capture?: boolean;
  multiple?: boolean;
  disabled?: boolean;
  onPick: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...(icon && { icon })} disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={multiple}
        {...(capture && { capture: 'environment' as const })}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = ''; // the same one can be chosen again
          if (files.length > 0) onPick(files);
        }}
      />
    </>
  );
}

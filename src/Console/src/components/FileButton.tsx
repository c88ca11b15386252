import { Button, type ButtonProps } from '@fluentui/react-components';
import { useRef } from 'react';

interface FileButtonProps {
  /** What the files are, for who cannot see where the button stands. */
  label: string;
  /** Types, as the attribute of the field has them; any by default. */
  accept?: string;
  isMultiple?: boolean;
  isDisabled?: boolean;
  icon?: ButtonProps['icon'];
  /** Gets what was chosen: one file at least. */
  onFiles: (files: readonly File[]) => void;
  children: string;
}

/** A button that lets files be chosen. */
export function FileButton({ label, accept, isMultiple = false, isDisabled = false, icon, onFiles, children }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        accept={accept}
        multiple={isMultiple}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again after it was mended.
          currentTarget.value = '';
          if (files.length > 0) {
            onFiles(files);
          }
        }}
      />
      <Button icon={icon ?? null} disabledFocusable={isDisabled} onClick={() => field.current?.click()}>
        {children}
      </Button>
    </>
  );
}

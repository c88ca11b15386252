import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useId } from 'react';

const useStyles = makeStyles({
  box: { display: 'flex', alignItems: 'center', justifyContent: 'center', gap: tokens.spacingHorizontalS, padding: '24px' },
  small: { justifyContent: 'start', padding: 0 },
  smallSign: { width: '16px', height: '16px' },
  sign: {
    width: '24px',
    height: '24px',
    boxSizing: 'border-box',
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    border: `${tokens.strokeWidthThicker} solid ${tokens.colorBrandStroke2Contrast}`,
    borderTopColor: tokens.colorBrandStroke1,
    animationName: { to: { transform: 'rotate(360deg)' } },
    animationDuration: '1.5s',
    animationTimingFunction: 'linear',
    animationIterationCount: 'infinite',
    '@media (prefers-reduced-motion: reduce)': { animationName: 'none' },
  },
});

/** Something is on its way; small for within a text. */
export function Waiting({ label = 'Loading', isSmall = false }: { label?: string; isSmall?: boolean }) {
  const styles = useStyles();
  const id = useId();
  return (
    <div role="progressbar" aria-labelledby={id} className={mergeClasses(styles.box, isSmall && styles.small)}>
      <span className={mergeClasses(styles.sign, isSmall && styles.smallSign)} />
      <span id={id}>{label}</span>
    </div>
  );
}

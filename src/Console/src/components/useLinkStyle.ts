import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  link: {
    // The usual colour of links has too little contrast on a row that is selected.
    color: tokens.colorBrandForeground2,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
});

/** The class of a link that stands for itself: in a table, or among buttons. */
export const useLinkStyle = (): string => useStyles().link;

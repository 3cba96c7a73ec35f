// The page's language, its address, and the steps of its tab, kept with it so that they can be undone
// after a reload. They come in the update of what they say: who loads the page again at once loses nothing.
export default {
  props: { language: String, query: String, steps: Object },
  mounted() {
    this.tell();
  },
  updated() {
    this.tell();
  },
  methods: {
    tell() {
      lab.address(this.query, this.steps);
      document.documentElement.lang = this.language;
    },
  },
  render: () => null,
};

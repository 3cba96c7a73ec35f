// A declared figure as ECharts draws it. It is there as soon as its place is: NiceGUI's own
// (`ui.echart`) waits a moment, in which a page that is built anew may have taken the place away, and
// no option or event of it says otherwise (zauberzeug/nicegui#4427). A component of one's own is
// NiceGUI's public way; that it may import the ECharts which `ui.echart` brings, and what turns keys
// with a colon into functions, is not promised: pyproject.toml keeps to one major version, and
// tests/app/test_browser.py fails if a chart is not drawn.
import { echarts } from "nicegui-echart";
import { convertDynamicProperties } from "../../static/utils/dynamic_properties.js";
const REPLACED = { replaceMerge: ["title", "grid", "xAxis", "yAxis", "series"] };
export default {
  props: { options: Object },
  mounted() {
    this.chart = echarts.init(this.$el, null, { renderer: "svg" });
    this.room = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width !== this.chart.getWidth() || contentRect.height !== this.chart.getHeight()) this.chart.resize();
    });
    this.room.observe(this.$el);
    this.update_chart();
  },
  beforeUnmount() {
    this.room.disconnect();
    this.chart.dispose();
  },
  methods: {
    update_chart() {
      convertDynamicProperties(this.options, true);
      this.chart.setOption(this.options, REPLACED);
    },
  },
  template: `<div></div>`,
};

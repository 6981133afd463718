// The still part of SVG: shapes, text, paint and filters. No scripts, no animation (it can change a link), no foreign content.

export const SVG_ELEMENTS = [
  ...["svg", "g", "defs", "symbol", "use", "desc", "title", "switch"],
  ...["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "image"],
  ...["linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter"],
  ...["feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting"],
  ...["feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR"],
  ...["feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting"],
  ...["feSpotLight", "feTile", "feTurbulence"],
];

/** As hast names them: `stroke-width` is `strokeWidth`. */
export const SVG_ATTRIBUTES = [
  ...["xmlns", "xmlnsXLink", "version", "viewBox", "preserveAspectRatio", "href", "xLinkHref"],
  ...["x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "points"],
  ...["width", "height", "transform", "transformOrigin", "pathLength", "rotate", "offset"],
  ...["fill", "fillOpacity", "fillRule", "stroke", "strokeDashArray", "strokeDashOffset", "strokeLineCap"],
  ...["strokeLineJoin", "strokeMiterLimit", "strokeOpacity", "strokeWidth", "paintOrder", "vectorEffect"],
  ...["color", "colorInterpolation", "colorInterpolationFilters", "opacity", "stopColor", "stopOpacity", "visibility"],
  ...["display", "clip", "clipPath", "clipRule", "clipPathUnits", "mask", "maskUnits", "maskContentUnits"],
  ...["filter", "filterUnits", "primitiveUnits", "floodColor", "floodOpacity", "lightingColor", "shapeRendering"],
  ...["textRendering", "imageRendering", "fontFamily", "fontSize", "fontStyle", "fontVariant", "fontWeight"],
  ...["fontStretch", "fontSizeAdjust", "textAnchor", "textDecoration", "textLength", "lengthAdjust", "letterSpacing"],
  ...["wordSpacing", "writingMode", "dominantBaseline", "alignmentBaseline", "baselineShift", "direction"],
  ...["gradientUnits", "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits", "patternTransform"],
  ...["marker", "markerStart", "markerMid", "markerEnd", "markerUnits", "markerWidth", "markerHeight", "refX", "refY"],
  ...[
    "orient",
    "startOffset",
    "method",
    "spacing",
    "side",
    "in",
    "in2",
    "result",
    "mode",
    "operator",
    "type",
    "values",
  ],
  ...["k1", "k2", "k3", "k4", "order", "kernelMatrix", "divisor", "bias", "targetX", "targetY", "edgeMode"],
  ...["preserveAlpha", "surfaceScale", "specularConstant", "specularExponent", "diffuseConstant", "scale"],
  ...["xChannelSelector", "yChannelSelector", "stdDeviation", "radius", "baseFrequency", "numOctaves", "seed"],
  ...["stitchTiles", "azimuth", "elevation", "z", "pointsAtX", "pointsAtY", "pointsAtZ", "limitingConeAngle"],
  ...["tableValues", "slope", "intercept", "amplitude", "exponent"],
];

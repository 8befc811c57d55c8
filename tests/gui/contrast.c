/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contrast.h"

#include <math.h>
#include <string.h>

/* Colour times alpha, and alpha. */
typedef struct
{
  double red, green, blue, alpha;
} Paint;

typedef struct
{
  const GskRenderNode *target; /* the text or icon in question */
  const Paint *paint; /* nullable: in which it is painted, all over; NULL: not at all */
} Question;

static Paint paint_at (GskRenderNode *node, graphene_point_t at, const Question *question);

static Paint
paint_new (double red, double green, double blue, double alpha)
{
  return (Paint){ red * alpha, green * alpha, blue * alpha, alpha };
}

static Paint
paint_scale (Paint paint, double by)
{
  return (Paint){ paint.red * by, paint.green * by, paint.blue * by, paint.alpha * by };
}

static Paint
paint_add (Paint a, Paint b)
{
  return (Paint){ a.red + b.red, a.green + b.green, a.blue + b.blue, a.alpha + b.alpha };
}

static Paint
paint_over (Paint above, Paint below)
{
  return paint_add (above, paint_scale (below, 1 - above.alpha));
}

static gboolean
has_point (GskRenderNode *node, const graphene_point_t *at)
{
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  return graphene_rect_contains_point (&bounds, at);
}

/* The matrix works on colours that are not multiplied by their alpha. */
static Paint
through_matrix (GskRenderNode *node, Paint paint)
{
  double alpha = paint.alpha > 0 ? paint.alpha : 1;
  graphene_vec4_t colour;

  graphene_vec4_init (&colour, (float) (paint.red / alpha), (float) (paint.green / alpha), (float) (paint.blue / alpha), (float) paint.alpha);
  graphene_matrix_transform_vec4 (gsk_color_matrix_node_get_color_matrix (node), &colour, &colour);
  graphene_vec4_add (&colour, gsk_color_matrix_node_get_color_offset (node), &colour);
  return paint_new (CLAMP (graphene_vec4_get_x (&colour), 0, 1), CLAMP (graphene_vec4_get_y (&colour), 0, 1),
                    CLAMP (graphene_vec4_get_z (&colour), 0, 1), CLAMP (graphene_vec4_get_w (&colour), 0, 1));
}

static Paint
container_at (GskRenderNode *node, graphene_point_t at, const Question *question)
{
  Paint paint = { 0 };

  for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
    paint = paint_over (paint_at (gsk_container_node_get_child (node, i), at, question), paint);
  return paint;
}

static Paint
transform_at (GskRenderNode *node, graphene_point_t at, const Question *question)
{
  g_autoptr (GskTransform) back = gsk_transform_invert (gsk_transform_ref (gsk_transform_node_get_transform (node)));
  graphene_point_t inside = at;

  if (back)
    gsk_transform_transform_point (back, &at, &inside);
  return paint_at (gsk_transform_node_get_child (node), inside, question);
}

static Paint
cross_fade_at (GskRenderNode *node, graphene_point_t at, const Question *question)
{
  double progress = gsk_cross_fade_node_get_progress (node);

  return paint_add (paint_scale (paint_at (gsk_cross_fade_node_get_start_child (node), at, question), 1 - progress),
                    paint_scale (paint_at (gsk_cross_fade_node_get_end_child (node), at, question), progress));
}

static Paint
colour_at (GskRenderNode *node)
{
  const GdkRGBA *colour = gsk_color_node_get_color (node);

  return paint_new (colour->red, colour->green, colour->blue, colour->alpha);
}

/* What @node paints there. Pictures, borders and shadows are no ground that words stand on. */
static Paint
paint_at (GskRenderNode *node, graphene_point_t at, const Question *question)
{
  const Paint nothing = { 0 };

  if (!has_point (node, &at))
    return nothing;
  if (node == question->target)
    return question->paint ? *question->paint : nothing;
  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      return container_at (node, at, question);
    case GSK_COLOR_NODE:
      return colour_at (node);
    case GSK_TRANSFORM_NODE:
      return transform_at (node, at, question);
    case GSK_OPACITY_NODE:
      return paint_scale (paint_at (gsk_opacity_node_get_child (node), at, question), gsk_opacity_node_get_opacity (node));
    case GSK_COLOR_MATRIX_NODE:
      return through_matrix (node, paint_at (gsk_color_matrix_node_get_child (node), at, question));
    case GSK_CLIP_NODE:
      return graphene_rect_contains_point (gsk_clip_node_get_clip (node), &at)
                 ? paint_at (gsk_clip_node_get_child (node), at, question)
                 : nothing;
    case GSK_ROUNDED_CLIP_NODE:
      return gsk_rounded_rect_contains_point (gsk_rounded_clip_node_get_clip (node), &at)
                 ? paint_at (gsk_rounded_clip_node_get_child (node), at, question)
                 : nothing;
    case GSK_CROSS_FADE_NODE:
      return cross_fade_at (node, at, question);
    case GSK_SHADOW_NODE:
      return paint_at (gsk_shadow_node_get_child (node), at, question);
    case GSK_REPEAT_NODE:
      return paint_at (gsk_repeat_node_get_child (node), at, question);
    case GSK_DEBUG_NODE:
      return paint_at (gsk_debug_node_get_child (node), at, question);
    default:
      return nothing;
    }
}

/* Finding texts and icons */

typedef struct
{
  GtkWidget *window;
  GskRenderNode *root;
  GArray *found;
} Search;

static void search (Search *self, GskRenderNode *node, GskTransform *transform, graphene_rect_t seen);

/* What WCAG 2.1 calls relative luminance. */
static double
luminance (Paint paint)
{
  const double parts[] = { paint.red, paint.green, paint.blue }, weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (int i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
difference (Paint a, Paint b)
{
  return fabs (a.red - b.red) + fabs (a.green - b.green) + fabs (a.blue - b.blue);
}

/* On a ground that nothing painted opaque, black shows through: nobody's window does that. */
static Paint
ask (Search *self, const GskRenderNode *target, const Paint *paint, graphene_point_t at)
{
  const Question question = { target, paint };

  return paint_at (self->root, at, &question);
}

static void
measure (Search *self, GskRenderNode *node, Paint paint, gboolean icon, GskTransform *transform, const graphene_rect_t *seen)
{
  const Paint black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  graphene_rect_t bounds;
  graphene_point_t at;
  Contrast contrast = { .icon = icon };
  Paint ground, shown;
  double a, b;

  /* A selection is drawn over its text, and the text once more in no colour. */
  if (paint.alpha <= 0)
    return;
  gsk_render_node_get_bounds (node, &bounds);
  gsk_transform_transform_bounds (transform, &bounds, &bounds);
  if (!graphene_rect_intersection (&bounds, seen, &bounds))
    return;
  graphene_rect_get_center (&bounds, &at);
  /* Under something else, or outside rounded corners, or where all is faded away. */
  if (difference (ask (self, node, &black, at), ask (self, node, &white, at)) < 0.05)
    return;
  ground = ask (self, node, NULL, at);
  shown = ask (self, node, &paint, at);
  a = luminance (ground);
  b = luminance (shown);
  contrast.ratio = (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
  memcpy (contrast.ground, &ground, sizeof contrast.ground);
  memcpy (contrast.colour, &shown, sizeof contrast.colour);
  contrast.widget = gtk_widget_pick (self->window, at.x, at.y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  g_array_append_val (self->found, contrast);
}

static GskRenderNode *
under_transforms (GskRenderNode *node)
{
  while (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    node = gsk_transform_node_get_child (node);
  return node;
}

/* Symbolic icons are pictures painted through a matrix that holds their colour as its offset. */
static gboolean
is_icon (GskRenderNode *node)
{
  return gsk_render_node_get_node_type (node) == GSK_COLOR_MATRIX_NODE
         && gsk_render_node_get_node_type (under_transforms (gsk_color_matrix_node_get_child (node))) == GSK_TEXTURE_NODE;
}

static void
search_clip (Search *self, GskRenderNode *child, const graphene_rect_t *clip, GskTransform *transform, graphene_rect_t seen)
{
  graphene_rect_t bounds;

  gsk_transform_transform_bounds (transform, clip, &bounds);
  if (graphene_rect_intersection (&bounds, &seen, &seen))
    search (self, child, transform, seen);
}

static void
search_transform (Search *self, GskRenderNode *node, GskTransform *transform, graphene_rect_t seen)
{
  g_autoptr (GskTransform) inner = gsk_transform_transform (gsk_transform_ref (transform), gsk_transform_node_get_transform (node));

  search (self, gsk_transform_node_get_child (node), inner, seen);
}

static void
search (Search *self, GskRenderNode *node, GskTransform *transform, graphene_rect_t seen)
{
  const GdkRGBA *text;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_TEXT_NODE:
      text = gsk_text_node_get_color (node);
      measure (self, node, paint_new (text->red, text->green, text->blue, text->alpha), FALSE, transform, &seen);
      break;
    case GSK_COLOR_MATRIX_NODE:
      if (is_icon (node))
        measure (self, node, through_matrix (node, (Paint){ 0, 0, 0, 1 }), TRUE, transform, &seen);
      else
        search (self, gsk_color_matrix_node_get_child (node), transform, seen);
      break;
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        search (self, gsk_container_node_get_child (node, i), transform, seen);
      break;
    case GSK_TRANSFORM_NODE:
      search_transform (self, node, transform, seen);
      break;
    case GSK_OPACITY_NODE:
      search (self, gsk_opacity_node_get_child (node), transform, seen);
      break;
    case GSK_CLIP_NODE:
      search_clip (self, gsk_clip_node_get_child (node), gsk_clip_node_get_clip (node), transform, seen);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      search_clip (self, gsk_rounded_clip_node_get_child (node), &gsk_rounded_clip_node_get_clip (node)->bounds, transform, seen);
      break;
    case GSK_SHADOW_NODE:
      search (self, gsk_shadow_node_get_child (node), transform, seen);
      break;
    case GSK_DEBUG_NODE:
      search (self, gsk_debug_node_get_child (node), transform, seen);
      break;
    default:
      break;
    }
}

GArray *
contrast_measure (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  GskRenderNode *root;
  Search self = { .window = window, .found = g_array_new (FALSE, FALSE, sizeof (Contrast)) };

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  root = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (root);
  self.root = root;
  search (&self, root, NULL, GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (root);
  return self.found;
}

static void
append_widget (GString *text, GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  g_string_append_printf (text, " %s", gtk_widget_get_css_name (widget));
  for (char **name = classes; *name; name++)
    g_string_append_printf (text, ".%s", *name);
}

char *
contrast_describe (const Contrast *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %.2f:1, #%02x%02x%02x on #%02x%02x%02x:", self->icon ? "icon" : "text", self->ratio,
                          (guint) (self->colour[0] * 255 + 0.5), (guint) (self->colour[1] * 255 + 0.5), (guint) (self->colour[2] * 255 + 0.5),
                          (guint) (self->ground[0] * 255 + 0.5), (guint) (self->ground[1] * 255 + 0.5), (guint) (self->ground[2] * 255 + 0.5));
  if (self->widget && GTK_IS_LABEL (self->widget))
    g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (self->widget)));
  for (GtkWidget *at = self->widget; at; at = gtk_widget_get_parent (at))
    append_widget (text, at);
  return g_string_free (text, FALSE);
}

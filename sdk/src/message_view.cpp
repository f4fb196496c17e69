#include <livery/http/message_view.h>

namespace livery {

View Message(const RequestContext& r, const std::string& key, const std::string& icon,
             const std::string& href) {
    const Formatter& t = r.format();
    View view{"message", t.Text(key + ".title"), {}, 200, {}};
    view.model.Set("message_title", view.title)
        .Set("message_text", t.Text(key + ".text"))
        .Set("message_icon", icon);
    view.model.Set("action_label", t.Text(key + ".action")).Set("action_href", href);
    return view;
}

}  // namespace livery

#include "mime/html_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include <libxml/HTMLparser.h>

namespace livery::service_desk {

namespace {

// Deeper than people write; what is nested deeper is not read.
constexpr int kMostDepth = 200;

bool Is(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

class Writing {
 public:
    void Node(const xmlNode& node, int depth) {
        if (node.type == XML_TEXT_NODE || node.type == XML_CDATA_SECTION_NODE)
            return Words(reinterpret_cast<const char*>(node.content));
        if (node.type != XML_ELEMENT_NODE || depth > kMostDepth) return;
        const std::string_view name(reinterpret_cast<const char*>(node.name));
        if (Is(name, {"style", "script", "head", "title", "template", "noscript"})) return;
        if (name == "br") return EndLine(true);
        const bool is_block = Is(name, {"p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2",
                                        "h3", "h4", "blockquote", "pre", "hr", "section"});
        if (is_block) EndLine(false);
        if (name == "blockquote") ++quotes_;
        if (name == "li") Words("- ");
        for (const xmlNode* child = node.children; child != nullptr; child = child->next)
            Node(*child, depth + 1);
        if (name == "td" || name == "th") Words(" ");
        if (is_block) EndLine(false);
        if (name == "blockquote") --quotes_;
        if (name == "p") EndParagraph();
    }
    std::string Take() {
        EndLine(false);
        while (text_.ends_with('\n')) text_.pop_back();
        return std::move(text_);
    }

 private:
    void Words(const char* words) {
        for (; words != nullptr && *words != '\0'; ++words) {
            const bool blank = *words == ' ' || *words == '\n' || *words == '\t' || *words == '\r';
            if (blank && (line_.empty() || line_.back() == ' ')) continue;
            line_ += blank ? ' ' : *words;
        }
    }
    void EndLine(bool even_if_empty) {
        while (line_.ends_with(' ')) line_.pop_back();
        if (line_.empty() && !even_if_empty) return;
        // Deep quotes are one quote: their marks alone would be as long as the depth squared.
        for (int i = 0; i < std::min(quotes_, 5); ++i) text_ += "> ";
        text_ += line_ + '\n';
        line_.clear();
    }
    void EndParagraph() {
        if (!text_.empty() && !text_.ends_with("\n\n") && quotes_ == 0) text_ += '\n';
    }

    std::string text_;
    std::string line_;
    int quotes_ = 0;
};

}  // namespace

std::string TextOfHtml(std::string_view html) {
    if (html.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return "";
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        htmlReadMemory(
            html.data(), static_cast<int>(html.size()), nullptr, "UTF-8",
            HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
        xmlFreeDoc);
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr) return "";
    Writing writing;
    writing.Node(*root, 0);
    return writing.Take();
}

}  // namespace livery::service_desk

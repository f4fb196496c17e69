#include "pdf/render/xmp.h"

#include <memory>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <glib.h>

namespace livery::pdf {

namespace {

struct FreeContext {
    void operator()(GMarkupParseContext* context) const { g_markup_parse_context_free(context); }
};

bool IsWellFormed(const std::string& xml) {
    const GMarkupParser parser{};
    const std::unique_ptr<GMarkupParseContext, FreeContext> context(
        g_markup_parse_context_new(&parser, GMarkupParseFlags(0), nullptr, nullptr));
    const std::string whole = "<x>" + xml + "</x>";
    return g_markup_parse_context_parse(context.get(), whole.data(),
                                        static_cast<gssize>(whole.size()), nullptr) &&
           g_markup_parse_context_end_parse(context.get(), nullptr);
}

std::string Escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

constexpr std::string_view kPacket =
    R"(<?xpacket begin="{}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>
{}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{}</xmp:CreatorTool>
<xmp:CreateDate>{}</xmp:CreateDate>
<xmp:ModifyDate>{}</xmp:ModifyDate>
</rdf:Description>
{}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>)";

// What the document does not say is in neither kind of metadata.
std::string Optional(const Document& document) {
    std::string parts;
    if (!document.author.empty()) {
        parts += fmt::format("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
                             Escaped(document.author));
    }
    if (!document.subject.empty()) {
        parts += fmt::format(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>"
            "</dc:description>\n",
            Escaped(document.subject));
    }
    return parts;
}

std::chrono::sys_seconds Seconds(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant);
}

}  // namespace

std::string XmpDate(Instant instant) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", Seconds(instant));
}

std::string PdfDate(Instant instant) { return fmt::format("D:{:%Y%m%d%H%M%SZ}", Seconds(instant)); }

Result<std::string> XmpPacket(const Document& document) {
    if (!IsWellFormed(document.xmp_extension)) return InvalidField("xmp_extension", "xml");
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const std::string date = XmpDate(document.created);
    return fmt::format(kPacket, kByteOrderMark, Escaped(document.title), Optional(document),
                       kProducer, kProducer, date, date, document.xmp_extension);
}

}  // namespace livery::pdf

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <livery/result.h>
#include <livery/time/instant.h>

namespace livery {

// What a document on paper says: a value, read from top to bottom in the order of its members.
// Every text is ready to be shown (translated, formatted, UTF-8); U+000A begins a new line, other
// control characters are refused. A text that has letters of the document's direction runs in that
// direction, any other as its own letters say; one without letters ("+49 30 12") runs from left to
// right unless it holds a mark (U+200F). A number with hyphens inside an Arabic sentence stays
// whole between isolates (U+2066 … U+2069).
struct Document {
    enum class Direction : std::uint8_t { kLeftToRight, kRightToLeft };
    enum class Align : std::uint8_t { kStart, kEnd };  // of the direction; figures stand at the end
    enum class RowKind : std::uint8_t { kPlain, kSubtotal, kTotal };
    enum class Relationship : std::uint8_t {
        kUnspecified,
        kSource,
        kData,
        kAlternative,
        kSupplement
    };

    struct Brand {
        std::string name;  // set in type where there is no logo
        std::string
            logo_svg;        // text of an SVG without outer references, at most 256 KiB; may be ""
        std::string colour;  // "#rrggbb"; darkened where it would not be read on white
        std::vector<std::string> address;
    };
    struct Fact {
        std::string label;
        std::string value;
    };
    // An address (`lines`) or a list of facts, or both.
    struct Block {
        std::string label;
        std::vector<std::string> lines;
        std::vector<Fact> facts;
    };
    struct Column {
        std::string heading;
        Align align = Align::kStart;
        int width = 1;  // its share of the sum; a column at the end grows to its widest cell
    };
    struct Row {
        std::vector<std::string> cells;  // as many as there are columns
        std::vector<std::string> notes;  // smaller, under the first cell
        RowKind kind = RowKind::kPlain;  // others stay on the page of the row before them
    };
    struct Table {
        std::string heading;  // may be ""
        std::vector<Column> columns;
        std::vector<Row> rows;
    };
    struct Total {
        std::string label;
        std::string value;
        RowKind kind = RowKind::kPlain;
    };
    struct Paragraph {
        std::string heading;  // may be ""
        std::string text;
    };
    struct Attachment {
        std::string name;  // of the file: "data.xml"
        std::string mime_type;
        std::string description;
        Relationship relationship = Relationship::kUnspecified;
        std::string bytes;
    };

    std::string language;  // BCP 47: "de", "zh-Hant-TW"; chooses the shapes of Han characters
    Direction direction = Direction::kLeftToRight;
    Brand brand;
    std::string title;  // the heading on paper and the document's title in its metadata
    std::vector<Block> blocks;
    std::vector<Paragraph> opening;
    std::vector<Table> tables;
    std::vector<Total> totals;  // a box that stays on one page
    std::vector<Paragraph> notes;
    std::vector<std::vector<std::string>> footer;  // columns of lines, on every page; at most four
    std::string page_number;                       // "Page {page} of {pages}"; "" for none

    std::string author;
    std::string subject;
    Instant created;  // given, not taken from a clock: equal documents give equal bytes

    std::vector<Attachment> attachments;  // at most 32 MiB together
    // PDF/A-3B: fonts and colour profile inside, XMP metadata, attachments as associated files.
    bool archival = false;
    // rdf:Description elements that go into the XMP as they are, such as an extension schema and
    // its values. Well-formed XML with all its namespaces; needs `archival`.
    std::string xmp_extension;
};

// Sets a Document as a PDF of A4 pages. Text in it can be searched and copied in every script that
// the fonts Noto Sans and Noto Sans CJK have. Thread: any; blocks, 10 ms for a page or two, and no
// longer than a minute whatever happens. Documents are set one after another, so do not call it
// where a transaction is open.
class PdfRenderer {
 public:
    static constexpr std::string_view kPortId = "livery.pdf_renderer/1";
    virtual ~PdfRenderer();

    // The bytes of the PDF; the same document gives the same bytes on the same fonts and libraries.
    // kInvalidArgument: `fields` names the member ("brand.logo_svg", "tables", …) and one of the
    // words `empty`, `text` (not UTF-8, or control characters), `colour`, `cells`, `svg`, `xml`,
    // `too_tall` (a row or a box that no page holds), `too_large`. kUnavailable: the renderer does
    // not answer, or too many wait; trying again later may help.
    virtual Result<std::string> Render(const Document& document) = 0;
};

}  // namespace livery

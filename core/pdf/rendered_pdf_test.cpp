#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "pdf/testing/samples.h"
#include "pdf/worker_renderer.h"

// What others read in our PDFs: poppler and qpdf.
namespace livery::pdf {
namespace {

using Align = Document::Align;

std::string Shell(const std::string& command) {
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::string output;
    std::array<char, 4096> part{};
    while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe))
        output.append(part.data(), size);
    const int status = ::pclose(pipe);
    EXPECT_EQ(status, 0) << command << "\n" << output;
    return output;
}

bool Holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

int Count(const std::string& text, const std::string& part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

class RenderedPdf : public testing::Test {
 protected:
    static void SetUpTestSuite() {
        renderer_ = std::make_unique<WorkerRenderer>(
            WorkerRenderer::Options{{LIVERY_BINARY_DIR "/livery-pdf"}});
    }
    static void TearDownTestSuite() { renderer_.reset(); }

    RenderedPdf() {
        path_ =
            std::filesystem::temp_directory_path() / fmt::format("livery-pdf-{}.pdf", ::getpid());
    }
    ~RenderedPdf() override { std::filesystem::remove(path_); }

    void Render(const Document& document) {
        const auto pdf = renderer_->Render(document);
        ASSERT_TRUE(pdf.has_value()) << pdf.error().message;
        std::ofstream(path_, std::ios::binary) << *pdf;
    }
    // Without the marks that pdftotext sets around text from right to left.
    std::string Text(const std::string& options = "") const {
        std::string text = Shell(fmt::format("pdftotext {} {} -", options, path_.string()));
        for (const char* mark : {"\u202a", "\u202b", "\u202c", "\u200e", "\u200f"}) {
            for (std::size_t at = 0; (at = text.find(mark)) != std::string::npos;)
                text.erase(at, 3);
        }
        return text;
    }
    // An edge of the box around a word: "xMin", "xMax".
    double Edge(const std::string& edge, const std::string& word) const {
        const std::string boxes = Shell(fmt::format("pdftotext -bbox {} -", path_.string()));
        const std::size_t end = boxes.find(">" + word + "</word>");
        const std::size_t begin = boxes.rfind(edge + "=\"", end);
        if (end == std::string::npos || begin == std::string::npos) {
            ADD_FAILURE() << word << " is not in " << boxes;
            return 0;
        }
        return std::stod(boxes.substr(begin + edge.size() + 2));
    }
    std::string problem(const Document& document) const {
        const auto pdf = renderer_->Render(document);
        if (pdf) return "";
        if (pdf.error().fields.empty()) return pdf.error().message;
        return pdf.error().fields.front().field + ":" + pdf.error().fields.front().message;
    }

    static inline std::unique_ptr<WorkerRenderer> renderer_;
    std::filesystem::path path_;
};

// No lam-alef: poppler turns ligatures of right-to-left scripts around, whatever the file says.
TEST_F(RenderedPdf, SaysInEveryScriptWhatItWasGiven) {
    Document document = SmallDocument();
    const std::vector<std::string> texts{"Ætna façade Łódź ﬁ office 1,234.56 €",
                                         "Ὀδύσσεια Παπαδοπούλου",
                                         "Тариф «Север» Ёлка",
                                         "فاتورة شهر مارس",
                                         "חשבונית מס",
                                         "家庭光纤宽带五百兆",
                                         "インターネット接続",
                                         "인터넷 요금",
                                         "−12.00 ≤ 5"};
    document.notes.clear();
    for (const std::string& text : texts) document.notes.push_back({"", text});
    Render(document);
    const std::string read = Text();
    for (const std::string& text : texts) EXPECT_TRUE(Holds(read, text)) << text << "\n" << read;
}

TEST_F(RenderedPdf, SpellsLigaturesOutForThoseWhoCopyThem) {
    Document document = SmallDocument();
    document.notes = {{"", "الأردن"}};
    Render(document);
    const std::string raw = Shell("qpdf --qdf --object-streams=disable " + path_.string() + " -");
    EXPECT_TRUE(Holds(raw, "/ActualText <feff06440623>")) << "lam, alef with hamza: in this order";
}

TEST_F(RenderedPdf, CarriesAllItsFonts) {
    for (const Document& document : {LatinSample(), ArabicSample(), ChineseSample()}) {
        Render(document);
        std::istringstream fonts(Shell("pdffonts " + path_.string()));
        std::string line;
        int count = 0;
        for (int number = 0; std::getline(fonts, line); ++number) {
            if (number < 2) continue;  // the heading
            ++count;
            EXPECT_TRUE(Holds(line, "Noto") && Holds(line, " yes yes yes ")) << line;
        }
        EXPECT_GE(count, 2);
    }
}

TEST_F(RenderedPdf, DrawsHanCharactersAsTheLanguageDoes) {
    const std::map<std::string, std::string> fonts{{"ja", "CJKjp"},
                                                   {"zh-Hans", "CJKsc"},
                                                   {"zh-Hant-TW", "CJKtc"},
                                                   {"zh-HK", "CJKhk"},
                                                   {"en", "CJKsc"}};
    for (const auto& [language, font] : fonts) {
        Document document = SmallDocument();
        document.language = language;
        document.notes = {{"", "直骨海"}};
        Render(document);
        EXPECT_TRUE(Holds(Shell("pdffonts " + path_.string()), font)) << language;
    }
}

// A page with the table of the large face in it takes more than twice the bytes, and the time.
TEST_F(RenderedPdf, TakesCommonChineseCharactersFromSmallFaces) {
    Render(ChineseSample());
    EXPECT_LT(std::filesystem::file_size(path_), 100'000U);
}

// Two faces in one name: what is common, and what only the large one has.
TEST_F(RenderedPdf, SetsARareCharacterBesideCommonOnes) {
    Document document = SmallDocument();
    document.language = "zh-Hans";
    document.notes = {{"", "王龘先生与𠮷野女士"}};
    Render(document);
    EXPECT_TRUE(Holds(Text(), "王龘先生与𠮷野女士")) << Text();
    EXPECT_EQ(Count(Shell("pdffonts " + path_.string()), "CJKsc"), 2);
}

TEST_F(RenderedPdf, PlacesFiguresAlikeBesideCommonAndRareCharacters) {
    const auto height_beside = [&](const char* text) {
        Document document = SmallDocument();
        document.language = "zh-Hans";
        document.notes = {{"", text}};
        Render(document);
        return Edge("yMin", "1207");
    };
    EXPECT_NEAR(height_beside("王 1207"), height_beside("龘 1207"), 0.001);
}

TEST_F(RenderedPdf, IsTheMirrorImageFromRightToLeft) {
    Document document = SmallDocument();
    document.tables = {{"", {{"", Align::kStart, 3}, {"", Align::kEnd, 1}}, {{{"Alpha", "1.00"}}}}};
    Render(document);
    EXPECT_LT(Edge("xMin", "Alpha"), 60);
    EXPECT_GT(Edge("xMin", "1.00"), 500);
    document.direction = Document::Direction::kRightToLeft;
    Render(document);
    EXPECT_GT(Edge("xMin", "Alpha"), 500);
    EXPECT_LT(Edge("xMin", "1.00"), 60);
}

TEST_F(RenderedPdf, KeepsUnitsUnderUnitsInBothDirections) {
    Document document = SmallDocument();
    document.tables = {{"",
                        {{"", Align::kStart, 3}, {"", Align::kEnd, 1}},
                        {{{"a", "1.00"}}, {{"b", "1,234.00"}}}}};
    for (const auto direction :
         {Document::Direction::kLeftToRight, Document::Direction::kRightToLeft}) {
        document.direction = direction;
        Render(document);
        EXPECT_NEAR(Edge("xMax", "1.00"), Edge("xMax", "1,234.00"), 0.1);
    }
}

TEST_F(RenderedPdf, RepeatsHeadingsOnEveryPageAndSplitsNoRow) {
    Document document = LatinSample(200);
    for (std::size_t i = 0; i < 200; ++i)
        document.tables.front().rows[i].notes = {fmt::format("note {}", i + 1)};
    Render(document);
    const std::string read = Text("-layout");
    const std::string mark = "Page 1 of ";
    ASSERT_TRUE(Holds(read, mark));
    const int pages = std::stoi(read.substr(read.find(mark) + mark.size()));
    EXPECT_GT(pages, 8);
    EXPECT_EQ(Count(read, "Description"), pages);
    EXPECT_EQ(Count(read, "Managing director"), pages);
    int rows = 0;
    for (int page = 1; page <= pages; ++page) {
        const std::string on_page = Text(fmt::format("-layout -f {} -l {}", page, page));
        EXPECT_EQ(Count(on_page, "note "), Count(on_page, "19%") - Count(on_page, "VAT 19%"));
        rows += Count(on_page, "note ");
    }
    EXPECT_EQ(rows, 200);
}

TEST_F(RenderedPdf, KeepsTheTotalsTogetherWithTheLastRow) {
    int on_later_page = 0;
    for (int rows = 10; rows < 20; ++rows) {
        Document document = LatinSample(rows);
        document.tables.front().rows.back().notes = {"the last"};
        Render(document);
        const std::string first = Text("-l 1");
        const bool later = !Holds(first, "Amount due");
        on_later_page += later ? 1 : 0;
        EXPECT_EQ(Holds(first, "Subtotal"), !later) << rows;
        EXPECT_EQ(Holds(first, "the last"), !later) << rows;
    }
    EXPECT_GT(on_later_page, 2);
    EXPECT_LT(on_later_page, 8) << "both cases are to be seen";
}

TEST_F(RenderedPdf, GivesEqualBytesForEqualDocuments) {
    for (const Document& document : {LatinSample(), ArabicSample(), ChineseSample()}) {
        const std::string first = renderer_->Render(document).value();
        EXPECT_EQ(renderer_->Render(document).value(), first) << "by the warm process";
        WorkerRenderer fresh({{LIVERY_BINARY_DIR "/livery-pdf"}});
        EXPECT_EQ(fresh.Render(document).value(), first) << "by a new process";
    }
}

TEST_F(RenderedPdf, KnowsTitleLanguageAndCreation) {
    Document document = ArabicSample();
    Render(document);
    const std::string info = Shell("pdfinfo -isodates " + path_.string());
    EXPECT_TRUE(Holds(info, "فاتورة رقم")) << info;
    EXPECT_EQ(Count(info, "2026-04-01T08:00:00Z"), 2) << "created and changed " << info;
    EXPECT_TRUE(Holds(info, "595.276 x 841.89 pts (A4)")) << info;
    const std::string raw = Shell("qpdf --json " + path_.string());
    EXPECT_TRUE(Holds(raw, R"("/Lang": "u:ar")")) << raw.substr(0, 3000);
    EXPECT_TRUE(Holds(raw, R"("/Direction": "/R2L")"));
}

Document Archival() {
    Document document = LatinSample();
    document.archival = true;
    document.attachments = {{"data.xml", "text/xml", "The same as data",
                             Document::Relationship::kAlternative, "<data/>"}};
    document.xmp_extension =
        R"(<rdf:Description rdf:about="" xmlns:fx="urn:example#"><fx:Kind>X</fx:Kind></rdf:Description>)";
    return document;
}

TEST_F(RenderedPdf, IsArchivalWhenAsked) {
    Render(Archival());
    const std::string check = Shell("qpdf --check " + path_.string());
    EXPECT_TRUE(Holds(check, "No syntax or stream encoding errors")) << check;
    EXPECT_FALSE(Holds(check, "WARNING")) << check;
    const std::string metadata = Shell("pdfinfo -meta " + path_.string());
    EXPECT_TRUE(Holds(metadata, "<pdfaid:part>3</pdfaid:part>")) << metadata;
    EXPECT_TRUE(Holds(metadata, "<pdfaid:conformance>B</pdfaid:conformance>"));
    EXPECT_TRUE(Holds(metadata, "<fx:Kind>X</fx:Kind>"));
    EXPECT_TRUE(Holds(metadata, "Invoice 2026-004217</rdf:li>"));
    const std::string raw = Shell("qpdf --json " + path_.string());
    EXPECT_TRUE(Holds(raw, R"("/S": "/GTS_PDFA1")"));
    EXPECT_TRUE(Holds(raw, R"("/AFRelationship": "/Alternative")"));
    EXPECT_TRUE(Holds(raw, R"("/ID": [)"));
}

TEST_F(RenderedPdf, GivesItsAttachmentsBack) {
    Render(Archival());
    EXPECT_TRUE(Holds(Shell("pdfdetach -list " + path_.string()), "1: data.xml"));
    EXPECT_EQ(Shell("qpdf --show-attachment=data.xml " + path_.string()), "<data/>");
}

TEST_F(RenderedPdf, RefusesWhatCannotBeSetAndGoesOn) {
    Document document = SmallDocument();
    for (const char* wrong : {"no svg", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'/>",
                              "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='9'/>",
                              "<html><body/></html>"}) {
        document.brand.logo_svg = wrong;
        EXPECT_EQ(problem(document), "brand.logo_svg:svg") << wrong;
    }
    document = LatinSample(2);
    document.tables.front().rows[1].cells[0].assign(30'000, 'x');
    EXPECT_EQ(problem(document), "tables:too_tall");
    document = Archival();
    document.xmp_extension = "<a>";
    EXPECT_EQ(problem(document), "xmp_extension:xml");
    document = SmallDocument();
    document.footer = {std::vector<std::string>(100, "line")};
    EXPECT_EQ(problem(document), "footer:too_tall");
    EXPECT_EQ(problem(SmallDocument()), "");
    EXPECT_EQ(renderer_->starts(), 1) << "nothing of this may end the process";
}

TEST_F(RenderedPdf, FetchesNothingThatALogoRefersTo) {
    const std::filesystem::path picture = path_.string() + ".svg";
    std::ofstream(picture) << R"(<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">
<rect width="90" height="40"/></svg>)";
    Document document = SmallDocument();
    document.brand.logo_svg = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="90" height="40"><image xlink:href="file://{}" width="90" height="40"/>
<text y="20">mark</text></svg>)",
        picture.string());
    Render(document);
    std::filesystem::remove(picture);
    EXPECT_TRUE(Holds(Text(), "mark"));
    const std::string pictures = Shell("pdfimages -list " + path_.string());
    EXPECT_EQ(Count(pictures, "\n"), 2) << "no more than the heading: " << pictures;
}

// With tags around it, a picture with transparency would break the document (cairo 1.16).
TEST_F(RenderedPdf, TakesAPictureWithTransparencyInALogo) {
    Document document = Archival();
    document.brand.logo_svg = std::string(
        R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink")"
        R"( width="90" height="40"><g opacity="0.5"><rect width="9" height="9"/></g>)"
        R"(<image width="40" height="40" xlink:href="data:image/png;base64,)"
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAADCAYAAABWKLW/AAAAI0lEQVR4nBXHMQ"
        "EAAAzCsErEA8YqdSxfgBIaqZAlSz4uLtYDwNgL7AUcY54AAAAASUVORK5CYII="
        R"("/></svg>)");
    Render(document);
    EXPECT_TRUE(Holds(Text(), "Amount due"));
    EXPECT_TRUE(Holds(Shell("pdfimages -list " + path_.string()), "smask"));
    const std::string raw = Shell("qpdf --qdf --object-streams=disable " + path_.string() + " -");
    EXPECT_FALSE(Holds(raw, "/Interpolate"));
    EXPECT_FALSE(Count(raw, "/CIDFontType2") != Count(raw, "/CIDToGIDMap"));
}

TEST_F(RenderedPdf, LetsAParagraphGoOnOnTheNextPage) {
    Document document = SmallDocument();
    std::string text;
    for (int i = 1; i <= 2000; ++i) text += fmt::format("word{} ", i);
    document.notes = {{"Terms", text}};
    Render(document);
    const std::string read = Text();
    for (int i = 1; i <= 2000; ++i) ASSERT_TRUE(Holds(read, fmt::format("word{}", i))) << i;
}

}  // namespace
}  // namespace livery::pdf

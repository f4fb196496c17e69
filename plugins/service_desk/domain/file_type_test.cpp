#include "domain/file_type.h"

#include <gtest/gtest.h>

#include "testing/sample_files.h"

namespace livery::service_desk {
namespace {

using namespace testing;
using namespace std::string_literals;

TEST(SniffType, KnowsEachKindOfTheListByItsContent) {
    EXPECT_EQ(SniffType(Png()), FileType::kPng);
    EXPECT_EQ(SniffType(Gif()), FileType::kGif);
    EXPECT_EQ(SniffType(Jpeg()), FileType::kJpeg);
    EXPECT_EQ(SniffType(Webp()), FileType::kWebp);
    EXPECT_EQ(SniffType(Heic()), FileType::kHeic);
    EXPECT_EQ(SniffType(Pdf()), FileType::kPdf);
    EXPECT_EQ(SniffType("Grüße,\r\n\tes klingelt nicht.\n"), FileType::kText);
    EXPECT_EQ(SniffType("\xEF\xBB\xBF"
                        "a;b\n"),
              FileType::kText)
        << "with a byte order mark";
    EXPECT_EQ(SniffType(Zip({{"a.txt", "a"}})), FileType::kZip);
    EXPECT_EQ(SniffType(Zip({{"a.txt", "a"}}, "with a comment")), FileType::kZip);
    EXPECT_EQ(SniffType(Docx()), FileType::kDocx);
    EXPECT_EQ(SniffType(Xlsx()), FileType::kXlsx);
    EXPECT_EQ(SniffType(Odt()), FileType::kOdt);
    EXPECT_EQ(SniffType(Eicar()), FileType::kText) << "which is for the scanner to refuse";
}

TEST(SniffType, KnowsNothingElse) {
    const std::string nothing[]{"",
                                "\0"s,
                                "MZ\x90\0\3\0"s,
                                "\x7F"
                                "ELF\2\1\1"s,
                                "#!/bin/sh\nrm -rf /\n",
                                "\xCA\xFE\xBA\xBE"s,
                                "<!DOCTYPE html><p>x",
                                "\n <HTML>",
                                "<svg xmlns='x'/>",
                                "<?xml version='1.0'?><svg/>",
                                "<?php system('x');",
                                "hello <script>alert(1)</script>",
                                "{\\rtf1 x}",
                                "%!PS-Adobe-3.0",
                                "a\0b"s,
                                "bell\a",
                                "caf\xE9",
                                "\xFF\xFE"
                                "a\0"s,
                                "BM\x36\0\0\0"s,
                                "\x1F\x8B\x08\0"s,
                                "Rar!\x1A\7\0"s,
                                "II*\0\x08\0\0\0"s};
    for (const std::string& content : nothing) EXPECT_FALSE(SniffType(content)) << content;
}

TEST(SniffType, ReadsPartsToTheirEnd) {
    for (const std::string& whole : {Png(), Gif(), Jpeg(), Webp(), Heic(), Pdf(), Docx()}) {
        ASSERT_TRUE(SniffType(whole));
        for (std::size_t size = 8; size < whole.size() - 6; ++size)
            EXPECT_FALSE(SniffType(whole.substr(0, size))) << size << " of " << whole.size();
    }
    for (const std::string& whole : {Png(), Gif(), Webp(), Heic(), Docx()})
        EXPECT_FALSE(SniffType(whole + "x")) << "something behind it";
}

TEST(SniffType, RefusesAPictureThatIsAScript) {
    EXPECT_FALSE(SniffType(Gif("*/=1;alert(1)//", "/*\1\0"s))) << "GIF and JavaScript";
    EXPECT_FALSE(SniffType("GIF89a/*\n*/=1;alert(document.domain)//;")) << "of letters alone";
    EXPECT_FALSE(SniffType("GIF89a=1;alert(1);"));
    EXPECT_FALSE(SniffType(Gif("*/1;alert(1)//", "=/*\1"))) << "the comment later";
    EXPECT_FALSE(SniffType(Gif("\";alert(1)//", "=\"\1\1"s))) << "a text";
    ASSERT_TRUE(SniffType(Gif("c", "\x80\2\xA5\1"s))) << "a size without a zero byte";
    EXPECT_FALSE(SniffType("GIF89a=\n\n\n\n\n\n\x21\xFE\1x\0;"s)) << "no size, an assignment";
    EXPECT_FALSE(SniffType(Jpeg(std::string(0x2F2A - 2, ' ')))) << "JPEG and JavaScript";
    ASSERT_TRUE(SniffType(Jpeg(std::string(0x2F2B - 2, ' ')))) << "a segment of nearly that size";
    EXPECT_FALSE(SniffType(Webp(std::string(0x2A2F - 12, ' '))));
}

TEST(SniffType, RefusesAPictureThatIsAPage) {
    EXPECT_FALSE(SniffType(Png("<html><script>alert(1)</script>"))) << "in a comment";
    EXPECT_FALSE(SniffType(Png("<SVG onload=alert(1)>"))) << "at the head";
    EXPECT_FALSE(SniffType(Gif("<ScRiPt>alert(1)</script>")));
    EXPECT_FALSE(SniffType(Jpeg("Exif\0\0<?php system($_GET[0]);?>"s)));
    EXPECT_FALSE(SniffType(Png() + "<html>")) << "behind it";
    EXPECT_FALSE(SniffType(Jpeg() + std::string(5000, 'x') + "<script>"));
    ASSERT_TRUE(SniffType(Jpeg() + "trailer of a telephone"));
    ASSERT_TRUE(SniffType(Png("less < more, <b>")));
}

TEST(SniffType, RefusesWhatIsAnArchiveToo) {
    const std::string zip = Zip({{"a.txt", "a"}});
    EXPECT_FALSE(SniffType(Pdf() + zip)) << "PDF and ZIP";
    EXPECT_FALSE(SniffType(Pdf() + zip + "%%EOF\n"));
    EXPECT_FALSE(SniffType(Jpeg() + zip));
    EXPECT_FALSE(SniffType(Png(zip))) << "inside a comment";
    EXPECT_FALSE(SniffType("x" + zip)) << "something before it";
    EXPECT_FALSE(SniffType(Zip({{"a.pdf", Pdf()}}))) << "ZIP and PDF: readers look for its head";
    EXPECT_FALSE(SniffType(" " + Pdf())) << "not at its begin";
    EXPECT_FALSE(SniffType(Png("%PDF-1.4 1 0 obj")));
    EXPECT_FALSE(SniffType("%PDF-1.4 <script>alert(1)</script>\n%%EOF"));
}

TEST(SniffType, RefusesAnArchiveThatRuns) {
    EXPECT_FALSE(SniffType(Zip({{"META-INF/MANIFEST.MF", ""}, {"A.class", ""}}))) << "Java";
    EXPECT_FALSE(SniffType(Zip({{"AndroidManifest.xml", ""}, {"classes.dex", ""}})));
    EXPECT_FALSE(SniffType(
        Zip({{"[Content_Types].xml", ""}, {"word/document.xml", ""}, {"word/vbaProject.bin", ""}})))
        << "a document with macros";
    EXPECT_FALSE(SniffType(Zip({}))) << "an empty one";
}

TEST(SniffType, DoesNotAskForTheName) {
    EXPECT_EQ(SniffType(Zip({{"photo.png", Png()}})), FileType::kZip) << "a ZIP that claims a PNG";
}

TEST(FileType, IsFoundByWhatItIsCalled) {
    for (const FileType type : kFileTypes) {
        EXPECT_EQ(FileTypeOf(MimeType(type)), type);
        EXPECT_FALSE(ExtensionsOf(type).empty());
        EXPECT_LE(MimeType(type).size(), 80U) << "the column's width";
    }
    EXPECT_EQ(ContentType("text/plain"), "text/plain; charset=utf-8");
    EXPECT_EQ(ContentType("image/png"), "image/png");
}

}  // namespace
}  // namespace livery::service_desk

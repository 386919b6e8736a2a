[playlist]
NumberOfEntries=2
File2=https://sea.example/two.ogg
Title2=Two
Length2=-1
File1=https://sea.example/one.mp3
Title1=One = first
Length1=200
Version=2
